import type { Sources } from '../../host/sources/sources';
import type { CheckRequest } from '../../sessions/status/statusChecker';
import type { WorkspaceConsent } from '../team/workspaceConsent';
import { allowCommand, type Commands } from './allowCommand';

/**
 * Before a check that a person starts: the keys are looked at as they are now, and a command that would have to run for
 * one is asked about. What asks by itself never gets here: without a yes nothing is run.
 */
export class CommandConsent {
  /** Commands that a check of several instances was not to wait for again. */
  private readonly declined = new Set<string>();

  constructor(
    private readonly workspace: Pick<WorkspaceConsent, 'open'>,
    private readonly sources: Commands & Pick<Sources, 'follow'>,
  ) {}

  /** The checks as they may go on; undefined where the person would rather not. */
  async open(requests: readonly CheckRequest[]): Promise<readonly CheckRequest[] | undefined> {
    // An answer by the old key would be dropped under way: whoever has another key now, has it before the check begins.
    await this.sources.follow();
    const open = await this.workspace.open(requests);
    if (open === undefined) return undefined;
    const names = new Set(open.map(({ target }) => target.credential));
    for (const name of names) {
      const command = name === undefined ? undefined : await this.sources.commandAwaiting(name);
      if (name === undefined || command === undefined) continue;
      if (names.size > 1 && this.declined.has(command)) continue;
      if (await allowCommand(name, this.sources)) continue;
      this.declined.add(command);
      if (names.size === 1) return undefined;
    }
    return open;
  }
}
