import assert from 'node:assert/strict';
import type { ResultRow } from '../../../src/model/results/resultRow';
import { WORD_KEYS, type Words } from '../../../src/model/results/resultsProtocol';
import { RowWords } from '../../../src/webview/results/rowWords';

const WORDS = {
  ...(Object.fromEntries(WORD_KEYS.map((key) => [key, key])) as Words),
  was: 'was {0}',
  calls: '{0} calls',
  shown: '{0} of {1}',
};
const words = (language: string) => new RowWords({ language, words: WORDS, staleAfterSeconds: 300 });
const ROW: ResultRow = { key: 0, clientId: 'a', instance: 'Plant', instanceId: 'i', isChecking: false };
const NOW = 10_000_000;
const answered = (secondsAgo: number, more: Partial<ResultRow> = {}): ResultRow => ({
  ...ROW,
  answer: { status: 'online', isVerified: false, checkedAt: NOW - secondsAgo * 1000 },
  ...more,
});
const cells = (row: ResultRow, language = 'en') => {
  const { status, checked, source, error } = words(language).of(row, NOW);
  return [status, checked, source, error];
};

describe('what a row of the table says', () => {
  it('is the status, its age and its source, in the language of the user', () => {
    assert.deepEqual(cells(ROW), ['notChecked', '', '', '']);
    assert.deepEqual(cells(answered(1)), ['online', 'justNow', 'cached', '']);
    assert.deepEqual(cells(answered(63)), ['online', '1m ago', 'cached', '']);
    assert.deepEqual(cells(answered(63), 'zh-cn'), ['online', '1分钟前', 'cached', '']);
  });

  it('is that an answer is stale once it is older than the setting allows', () => {
    assert.deepEqual(cells(answered(300))[1], '5m ago');
    assert.deepEqual(cells(answered(301))[1], '5m ago · stale');
  });

  it('is that the check failed, why, and what was known before; never a status', () => {
    const failure = { text: 'No key', at: NOW };
    assert.deepEqual(cells(answered(600, { failure })), ['failed · was online', 'justNow', '', 'No key']);
    assert.deepEqual(cells({ ...ROW, failure }), ['failed', 'justNow', '', 'No key']);
  });

  it('is that it is being asked, beside what is known', () => {
    assert.equal(cells({ ...ROW, isChecking: true })[0], 'checking');
    assert.equal(cells(answered(9, { isChecking: true }))[0], 'checking · online');
  });

  it('is one sentence for a screen reader', () => {
    assert.equal(words('en').of(answered(10), NOW).label, 'a, Plant, online, 10s ago, cached');
  });

  it('has numbers as the language writes them, and texts of a user are no places for others', () => {
    assert.equal(words('en').say('shown', 300, 12_345), '300 of 12,345');
    assert.equal(words('de').calls(1234), '1.234 calls');
    assert.equal(words('en').say('was', '{0}'), 'was {0}');
  });
});
