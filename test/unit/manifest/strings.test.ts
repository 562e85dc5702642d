import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
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

describe('strings', () => {
  const bundle = json('l10n/bundle.l10n.zh-cn.json');
  const { found, computed } = localisedStrings();
  const used = [...found, ...ERROR_SENTENCES.flatMap(({ what, fix }) => [what, fix])];

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
    assert.deepEqual(computed, ['ui/words.ts: t(what)', 'ui/words.ts: t(fix)']);
  });

  it('of package.json are there in both languages', () => {
    const [english, chinese] = [json('package.nls.json'), json('package.nls.zh-cn.json')];
    const named = [...readFileSync('package.json', 'utf8').matchAll(/"%([^%"]+)%"/g)]
      .map(([, key]) => key ?? '')
      .sort();
    assert.deepEqual(Object.keys(english).sort(), [...new Set(named)].sort());
    assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
  });
});
