import type { Answer, ResultRow } from '../../model/results/resultRow';
import { type ShownCheck, type ToPage, WORD_KEYS, type Words } from '../../model/results/resultsProtocol';

type Fields = Readonly<Record<string, unknown>>;

/** Reads a message of the extension; undefined for any other, such as VS Code's own or a wrong one. */
export function readMessage(data: unknown): ToPage | undefined {
  if (!isObject(data)) return undefined;
  const { kind, check, checkId, rows, isRunning, text } = data;
  switch (kind) {
    case 'show':
      return isCheck(check) ? { kind, check } : undefined;
    case 'rows':
      return isNumber(checkId) && isRows(rows) ? { kind, checkId, rows } : undefined;
    case 'running':
      return typeof isRunning === 'boolean' ? { kind, isRunning } : undefined;
    case 'tell':
      return typeof text === 'string' ? { kind, text } : undefined;
    default:
      return undefined;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isCheck(value: unknown): value is ShownCheck {
  if (!isObject(value)) return false;
  const { checkId, title, note, language, words, clientsPerCall, staleAfterSeconds, rows } = value;
  return (
    [checkId, clientsPerCall, staleAfterSeconds].every(isNumber) &&
    [title, note, language].every((each) => typeof each === 'string') &&
    [value['canChangeInstance'], value['isRunning']].every((each) => typeof each === 'boolean') &&
    isWords(words) &&
    isRows(rows)
  );
}

function isWords(value: unknown): value is Words {
  return isObject(value) && WORD_KEYS.every((key) => typeof value[key] === 'string');
}

function isRows(value: unknown): value is ResultRow[] {
  return Array.isArray(value) && value.every(isRow);
}

function isRow(value: unknown): value is ResultRow {
  if (!isObject(value)) return false;
  const { key, clientId, instance, instanceId, isChecking, answer, failure } = value;
  return (
    isNumber(key) &&
    [clientId, instance, instanceId].every((each) => typeof each === 'string') &&
    typeof isChecking === 'boolean' &&
    (answer === undefined || isAnswer(answer)) &&
    (failure === undefined || (isObject(failure) && typeof failure['text'] === 'string' && isNumber(failure['at'])))
  );
}

function isAnswer(value: unknown): value is Answer {
  return (
    isObject(value) &&
    ['online', 'offline', 'unknown'].some((status) => status === value['status']) &&
    typeof value['isVerified'] === 'boolean' &&
    isNumber(value['checkedAt'])
  );
}
