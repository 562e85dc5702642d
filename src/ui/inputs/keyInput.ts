import * as vscode from 'vscode';
import { keyProblem } from '../../model/credentialInput';
import { keyKeptText } from '../words/secretWords';
import { credentialProblemText } from '../words/words';
import { askText, into, runSubsteps, type StepPlace, type StepResult } from './steps';

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

/** Asks for the parts of a key. Where it may come later, an empty AccessKey ID is all of it. */
export function askKey(
  title: string,
  before: KeyText,
  mayComeLater: boolean,
  within: StepPlace,
  kept = keyKeptText(),
): Promise<StepResult<KeyText>> {
  const problem = (text: string): string | undefined => {
    const found = keyProblem(text);
    return found === undefined ? undefined : credentialProblemText(found);
  };
  const optional = (text: string): string | undefined => (text.trim() === '' ? undefined : problem(text));
  const askId: KeyStep = async (state, place) => {
    const prompt = mayComeLater ? t('AccessKey ID; leave it empty to enter the key later') : t('AccessKey ID');
    const check = mayComeLater ? optional : problem;
    const result = await askText({ title, prompt, value: state.accessKeyId, problem: check, ...place });
    return into(result, (accessKeyId) => ({ ...state, accessKeyId }));
  };
  const askSecret: KeyStep = async (state, place) => {
    const prompt = t('AccessKey secret. {0}', kept);
    const secret = { title, prompt, isSecret: true, value: state.accessKeySecret, problem };
    return into(await askText({ ...secret, ...place }), (accessKeySecret) => ({ ...state, accessKeySecret }));
  };
  const askToken: KeyStep = async (state, place) => {
    const prompt = t('STS token; leave it empty for a lasting AccessKey');
    const secret = { title, prompt, isSecret: true, value: state.securityToken, problem: optional };
    return into(await askText({ ...secret, ...place }), (securityToken) => ({ ...state, securityToken }));
  };
  const isLater = (state: KeyText): boolean => mayComeLater && state.accessKeyId.trim() === '';
  return runSubsteps(before, (state) => (isLater(state) ? [askId] : [askId, askSecret, askToken]), within);
}

type KeyStep = (state: KeyText, place: StepPlace) => Promise<StepResult<KeyText>>;
