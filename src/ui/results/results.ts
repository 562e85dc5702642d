import type { Disposable } from '../../base/event';
import type { Subjects } from '../commands/arguments';
import { ResultsPanel, type ResultsPanelParts } from './resultsPanel';
import { textCheckCommands } from './textCheckCommands';
import { TextChecks, type TextChecksParts } from './textChecks';

type ResultsParts = ResultsPanelParts & TextChecksParts & { readonly subjects: Subjects };

/** Checks of the client IDs in a text, and the table of their results. */
export function results(parts: ResultsParts): { readonly textChecks: TextChecks; readonly owned: Disposable[] } {
  const textChecks = new TextChecks(parts, () => panel);
  const panel: ResultsPanel = new ResultsPanel(parts, {
    check: (set, keys, freshness) => textChecks.checkRows(set, keys, freshness),
    cancel: () => parts.checks.cancel(),
    changeInstance: (set) => textChecks.changeInstance(set),
  });
  return { textChecks, owned: [panel, ...textCheckCommands(textChecks, parts.subjects, parts.log)] };
}
