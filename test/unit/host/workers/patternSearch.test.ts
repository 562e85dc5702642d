import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type PatternProblem, PatternSearch } from '../../../../src/host/workers/patternSearch';

/** Takes longer than the universe is old on the text below. */
const HANGS = '(x+x+)+y';
const ENDLESS = 'x'.repeat(60) + '!';

describe("the search for a user's own patterns", () => {
  let folder: string;
  let script: string;
  let problems: PatternProblem[];
  let search: PatternSearch;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patterns-'));
    script = join(folder, 'patterns.js');
    await build({
      entryPoints: ['src/host/workers/patternWorker.ts'],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => {
    problems = [];
    search = new PatternSearch({ script, onProblem: (problem) => problems.push(problem), pieceMs: 500 });
  });
  afterEach(() => search.dispose());
  const ids = async (text: string) => (await search.find(text)).map(({ clientId }) => clientId);

  it('finds what they name, and starts no thread where there are none', async () => {
    assert.deepEqual(await ids('dev=a1'), []);
    search.use(['dev=(\\w+)', '^T-\\d$']);
    assert.deepEqual(await ids('dev=a1\nT-3\nxT-4 dev=b2'), ['a1', 'T-3', 'b2']);
    assert.deepEqual(problems, []);
  });

  it('ends a pattern that would run for ever, says so once, and goes on with the others', async () => {
    search.use([HANGS, 'dev=(\\w+)']);
    const start = performance.now();
    const beats: number[] = [];
    const beat = setInterval(() => beats.push(performance.now()), 10);
    const results = await Promise.all([ids(`${ENDLESS} dev=a1`), ids(`${ENDLESS} dev=b2`)]);
    clearInterval(beat);
    assert.deepEqual(results, [['a1'], ['b2']]);
    assert.deepEqual(problems, [{ position: 1, why: { kind: 'late' } }]);
    assert.ok(performance.now() - start < 5000);
    assert.ok(beats.length > 10, 'this thread went on meanwhile');
  });

  it('tries a pattern again once the setting has changed, and not before', async () => {
    search.use([HANGS]);
    await ids(ENDLESS);
    search.use([HANGS]);
    assert.deepEqual(await ids(ENDLESS), []);
    assert.equal(problems.length, 1);
    search.use([HANGS, 'z']);
    await ids(ENDLESS);
    assert.equal(problems.length, 2);
  });

  it('says of a pattern that is none where it is and why, and uses the others', async () => {
    search.use(['(', 'T-\\d']);
    assert.deepEqual(await ids('T-1'), ['T-1']);
    assert.deepEqual(
      problems.map(({ position, why }) => [position, why.kind]),
      [[1, 'syntax']],
    );
  });

  it('reads 10 MB, with line breaks and without, to the end', async function () {
    this.timeout(60_000);
    search.use(['dev-\\d{7}']);
    for (const end of ['\n', ' ']) {
      const found = await ids(
        Array.from({ length: 40_000 }, (_, at) => `${'.'.repeat(240)} dev-${1_000_000 + at}${end}`).join(''),
      );
      assert.deepEqual([new Set(found).size, found.length], [40_000, 40_000]);
    }
    assert.deepEqual(problems, []);
  });

  it('takes a script that does not start for a failure, and neither hangs nor rejects', async () => {
    search = new PatternSearch({ script: join(folder, 'nowhere.js'), onProblem: (problem) => problems.push(problem) });
    search.use(['a']);
    assert.deepEqual(await ids('a'), []);
    assert.deepEqual(problems, [{ position: 1, why: { kind: 'failed' } }]);
  });
});
