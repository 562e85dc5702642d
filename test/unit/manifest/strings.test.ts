import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { EVIDENCE_SENTENCES } from '../../../src/model/doctor/failure';
import { ERROR_SENTENCES } from '../../../src/model/errorSentences';

const json = (path: string): Record<string, string> => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;

/** Every string literal that is passed to vscode.l10n.t, and how many calls pass something else. */
function localisedStrings(): { found: Set<string>; computed: string[] } {
  const found = new Set<string>();
  const computed: string[] = [];
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of sources) {
    const source = ts.createSourceFile(file, readFileSync(`src/${file}`, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ['t', 'vscode.l10n.t'].includes(node.expression.getText())) {
        const [first] = node.arguments;
        if (first !== undefined && ts.isStringLiteralLike(first)) found.add(first.text);
        else computed.push(`${file}: ${node.getText()}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { found, computed };
}
const placeholders = (text: string): string[] => (text.match(/\{\d+\}|\$\([a-z~-]+\)/g) ?? []).sort();

/** What stands for code or a link is no Chinese sentence. */
const prose = (text: string): string => text.replaceAll(/`[^`]*`|\]\([^)]*\)|\$\([a-z~-]+\)/g, '');
const hasHalfWidth = (text: string): boolean =>
  /[\p{Script=Han}（：]/u.test(text) && /[()]|[\p{Script=Han}}][:,;]|[:,;][\p{Script=Han}{]/u.test(prose(text));
/** Words that mean one thing each: where the Chinese has the word, the English has this one, and the other way round. */
const WORDS: readonly (readonly [chinese: RegExp, english: RegExp])[] = [
  [/确认/, /acknowledge/i],
  [/核实/, /verif|confirm/i],
  [/心跳间隔/, /keep-alive/],
  [/状态不明/, /not known/],
  [/未知/, /\bunknown\b/],
];

describe('strings', () => {
  const bundle = json('l10n/bundle.l10n.zh-cn.json');
  const { found, computed } = localisedStrings();
  const used = [...found, ...ERROR_SENTENCES.flatMap(({ what, fix }) => [what, fix]), ...EVIDENCE_SENTENCES];

  it('are all there in Simplified Chinese, and none is left over', () => {
    assert.deepEqual(
      used.filter((text) => !(text in bundle)),
      [],
    );
    assert.deepEqual(
      Object.keys(bundle).filter((text) => !used.includes(text)),
      [],
    );
  });

  it('keep their placeholders and icons in translation', () => {
    assert.deepEqual(
      used.filter((text) => placeholders(text).join() !== placeholders(bundle[text] ?? '').join()),
      [],
    );
  });

  it('are computed only where a table of sentences is translated', () => {
    assert.deepEqual(computed, [
      "ui/words/failureWords.ts: t(text, ...args.map((arg) => (typeof arg === 'number' ? numberText(arg) : arg)))",
    ]);
  });

  it('of package.json are there in both languages', () => {
    const [english, chinese] = [json('package.nls.json'), json('package.nls.zh-cn.json')];
    const named = [...readFileSync('package.json', 'utf8').matchAll(/"%([^%"]+)%"/g)]
      .map(([, key]) => key ?? '')
      .sort();
    assert.deepEqual(Object.keys(english).sort(), [...new Set(named)].sort());
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
  });

  it('in Chinese have full-width punctuation, and one word for one thing', () => {
    const [english, chinese] = [json('package.nls.json'), json('package.nls.zh-cn.json')];
    const pairs = [
      ...Object.entries(bundle),
      ...Object.entries(english).map(([key, text]) => [text, chinese[key] ?? '']),
    ];
    for (const [text = '', translated = ''] of pairs) {
      assert.equal(hasHalfWidth(translated), false, translated);
      for (const [word, original] of WORDS)
        assert.equal(word.test(translated), original.test(text), `${text}: ${translated}`);
      assert.equal(/请先执行|keep-alive/.test(translated), false, translated);
    }
  });
});

describe('the README', () => {
  const [english, chinese] = ['README.md', 'README.zh-cn.md'].map((file) => readFileSync(file, 'utf8'));
  /** What stands in both languages alike: the levels of headings, fences, rows of tables, items, pictures and settings. */
  const shape = (text = ''): string[] =>
    [...text.matchAll(/^(#+ |```\w*|\||- |\d\. )|media\/\w+\.png|apsaramqMqtt\.[\w.]*\w/gm)].map(([part]) => part);

  it('says the same in Chinese: each heading, table, list, picture and setting', () => {
    assert.deepEqual(shape(chinese), shape(english));
  });
});
