import * as vscode from 'vscode';
import { TASK_TYPE } from './waitDefinition';
import { WaitTerminal, type WaitTerminalParts } from './waitTerminal';

const t = vscode.l10n.t;

/** Offers a task for each saved group, and runs those of tasks.json: each waits for clients in a terminal. */
export function waitTasks(parts: WaitTerminalParts): vscode.Disposable {
  const { inventory } = parts;

  /** What is resolved is the definition itself, with its variables put in. */
  function taskOf(definition: vscode.TaskDefinition, scope: vscode.Task['scope'], name: string): vscode.Task {
    const execution = new vscode.CustomExecution((resolved) => Promise.resolve(new WaitTerminal(parts, resolved)));
    return new vscode.Task(definition, scope ?? vscode.TaskScope.Workspace, name, TASK_TYPE, execution, []);
  }

  async function provideTasks(): Promise<vscode.Task[]> {
    await inventory.ready;
    const { instances } = inventory.inventory;
    return instances.flatMap((instance) =>
      instance.groups
        .filter(({ clientIds }) => clientIds.length > 0)
        .map((group) => {
          const definition = { type: TASK_TYPE, instance: instance.name, group: group.name, waitFor: 'online' };
          const where = instances.length > 1 ? `${instance.name} / ${group.name}` : group.name;
          return taskOf(definition, vscode.TaskScope.Workspace, t('wait until {0} is online', where));
        }),
    );
  }

  return vscode.tasks.registerTaskProvider(TASK_TYPE, {
    provideTasks,
    resolveTask: ({ definition, scope, name }) => taskOf(definition, scope, name),
  });
}
