import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { appendLine, appendPlain } from '../../src/ui/words/markdown';

describe('text in a tooltip', () => {
  it('is what was given, whatever marks it holds, and breaks between words', () => {
    const text = '**a** [b](command:c) `d` <img src=x> &amp; $(icon) https://x.y # - 1.\nline';
    const { value } = appendPlain(new vscode.MarkdownString(), text);
    assert.equal(value.replace(/\\([!-/:-@[-`{-~])/g, '$1'), text.replace('\n', ' '));
    assert.equal(/(?<!\\)[!-/:-@[-`{-~]/.test(value.replace(/\\[!-/:-@[-`{-~]/g, '')), false);
    assert.equal(value.includes('nbsp'), false);
  });

  it('has a name in bold and a paragraph of its own', () => {
    const markdown = new vscode.MarkdownString();
    appendLine(markdown, 'Name', 'a_b');
    assert.equal(markdown.value, '**Name** a\\_b\n\n');
  });
});
