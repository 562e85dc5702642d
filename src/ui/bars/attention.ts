import type * as vscode from 'vscode';
import type { Disposable } from '../../base/event';
import { Acknowledgements } from '../../sessions/fleet/acknowledgements';
import type { Expectations } from '../../sessions/fleet/expectations';
import { type AttentionCommandParts, attentionCommands } from '../commands/attentionCommands';
import { PinnedStatus, type PinnedStatusParts } from './pinnedStatus';
import { ViewBadge, type ViewBadgeParts } from './viewBadge';

type AttentionParts = PinnedStatusParts &
  Omit<ViewBadgeParts & AttentionCommandParts, 'acknowledgements'> & {
    readonly expectations: Pick<Expectations, 'verdictOf' | 'onDidChange'>;
    /** Of this window alone: what was seen here need not have been seen in another, and no two windows write it. */
    readonly memento: Pick<vscode.Memento, 'get' | 'update'>;
  };

/** What calls for a person: the view's badge, the pinned clients in the status bar, and the commands for both. */
export function attention(parts: AttentionParts): Disposable[] {
  const acknowledgements = new Acknowledgements(parts.expectations, parts.memento);
  return [
    acknowledgements,
    new ViewBadge({ ...parts, acknowledgements }),
    new PinnedStatus(parts),
    ...attentionCommands({ ...parts, acknowledgements }),
  ];
}
