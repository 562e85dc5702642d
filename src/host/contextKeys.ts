import * as vscode from 'vscode';
import type { CONTEXT_KEYS } from '../manifest';

type ContextKey = (typeof CONTEXT_KEYS)[keyof typeof CONTEXT_KEYS];

/** The one place that sets context keys, and only when they change. */
export class ContextKeys {
  private readonly known = new Map<ContextKey, string | boolean>();

  set(key: ContextKey, value: string | boolean): void {
    if (this.known.get(key) === value) return;
    this.known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }

  /**
   * Resolves once VS Code's window has answered. Where the window is a browser's page that was closed, its extension
   * host lives on for hours, and this waits until the page is back.
   */
  async windowAnswers(): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'apsaramqMqtt.answers', true);
  }
}
