import type { FromPage } from '../../model/results/resultsProtocol';
import { readMessage } from './readMessage';
import { ResultsPage } from './resultsPage';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const host = acquireVsCodeApi();
const page = new ResultsPage({
  send: (message) => host.postMessage(message),
  kept: { read: () => host.getState(), write: (state) => host.setState(state) },
});
document.body.append(...page.elements);
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = readMessage(data);
  if (message !== undefined) page.receive(message);
});
host.postMessage({ kind: 'ready' });
