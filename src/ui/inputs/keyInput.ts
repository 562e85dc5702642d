import * as vscode from 'vscode';
import { keyProblem } from '../../model/credentialInput';
import { credentialProblemText } from '../words/words';
import { askText, into, type Step } from './steps';

const t = vscode.l10n.t;

/** A key as it was typed. */
export interface KeyText {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

export const NO_KEY: KeyText = { accessKeyId: '', accessKeySecret: '', securityToken: '' };

export function keyTitle(name: string): string {
  return t('Set Credential "{0}"', name);
}

/** The steps that ask for the parts of a key, with a word on where it will be. */
export function pairSteps(title: string, kept: string): readonly Step<KeyText>[] {
  return [
    async (state, place) => {
      const prompt = t('AccessKey ID');
      const result = await askText({ title, prompt, value: state.accessKeyId, problem, ...place });
      return into(result, (accessKeyId) => ({ ...state, accessKeyId }));
    },
    async (state, place) => {
      const prompt = t('AccessKey secret. {0}', kept);
      const secret = { title, prompt, isSecret: true, value: state.accessKeySecret, problem };
      return into(await askText({ ...secret, ...place }), (accessKeySecret) => ({ ...state, accessKeySecret }));
    },
    async (state, place) => {
      const prompt = t('STS token; leave it empty for a lasting AccessKey');
      const secret = { title, prompt, isSecret: true, value: state.securityToken, problem: optionalProblem };
      return into(await askText({ ...secret, ...place }), (securityToken) => ({ ...state, securityToken }));
    },
  ];
}

function problem(text: string): string | undefined {
  const found = keyProblem(text);
  return found === undefined ? undefined : credentialProblemText(found);
}

function optionalProblem(text: string): string | undefined {
  return text.trim() === '' ? undefined : problem(text);
}
