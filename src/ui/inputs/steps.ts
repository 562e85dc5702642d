import * as vscode from 'vscode';

/** What a step gave: a value, or the wish to go back or to end it all. */
export type StepResult<T> =
  { readonly kind: 'value'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'cancel' };

export interface StepPlace {
  readonly step?: number;
  readonly totalSteps?: number;
  readonly hasBack?: boolean;
}

interface TextQuestion extends StepPlace {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly isSecret?: boolean;
  /** The sentence that says why the text will not do. */
  readonly problem?: (text: string) => string | undefined;
}

export interface PickItem<T> {
  readonly label: string;
  readonly description?: string;
  readonly alwaysShow?: boolean;
  readonly value: T;
}

interface PickQuestion<T> extends StepPlace {
  readonly title: string;
  readonly placeholder?: string;
  readonly items: readonly PickItem<T>[];
  /** Makes an item of what was typed, for values that are not on the list. */
  readonly itemOfText?: (text: string) => PickItem<T> | undefined;
}

/** Asks for a text, validated as it is typed. */
export function askText(question: TextQuestion): Promise<StepResult<string>> {
  const box = vscode.window.createInputBox();
  const { title, prompt, problem = () => undefined } = question;
  Object.assign(box, {
    title,
    prompt,
    value: question.value ?? '',
    placeholder: question.placeholder,
    password: question.isSecret ?? false,
  });
  box.onDidChangeValue((text) => (box.validationMessage = problem(text)));
  return show(box, question, () => {
    box.validationMessage = problem(box.value);
    return box.validationMessage === undefined ? box.value : undefined;
  });
}

/** Asks for one of several, or for something typed. */
export function askPick<T>(question: PickQuestion<T>): Promise<StepResult<T>> {
  const box = vscode.window.createQuickPick<PickItem<T>>();
  const { title, placeholder, items, itemOfText } = question;
  Object.assign(box, { title, placeholder, items, matchOnDescription: true });
  box.onDidChangeValue((text) => {
    const typed = text.trim() === '' ? undefined : itemOfText?.(text.trim());
    if (itemOfText !== undefined) box.items = typed === undefined ? items : [{ ...typed, alwaysShow: true }, ...items];
  });
  // Enter can come before the item of what was typed is on the list.
  return show(box, question, () => (box.selectedItems[0] ?? itemOfText?.(box.value.trim()))?.value);
}

/** Asks for one of several, outside of any steps; undefined when cancelled. */
export async function pick<T>(question: PickQuestion<T>): Promise<T | undefined> {
  const result = await askPick(question);
  return result.kind === 'value' ? result.value : undefined;
}

/** Runs steps one after another; Back returns to the one before. Undefined when cancelled: nothing is half done. */
export async function runSteps<S>(
  initial: S,
  steps: readonly ((state: S, place: StepPlace) => Promise<StepResult<S>>)[],
): Promise<S | undefined> {
  const states = [initial];
  while (states.length <= steps.length) {
    const state = states.at(-1) ?? initial;
    const place = { step: states.length, totalSteps: steps.length, hasBack: states.length > 1 };
    const result = await steps[states.length - 1]?.(state, place);
    if (result === undefined || result.kind === 'cancel') return undefined;
    if (result.kind === 'back') states.pop();
    else states.push(result.value);
  }
  return states.at(-1);
}

/** Puts what a step gave into the state. */
export function into<T, S>(result: StepResult<T>, put: (value: T) => S): StepResult<S> {
  return result.kind === 'value' ? { kind: 'value', value: put(result.value) } : result;
}

function show<T>(
  box: vscode.InputBox | vscode.QuickPick<PickItem<T>>,
  place: StepPlace,
  accept: () => T | undefined,
): Promise<StepResult<T>> {
  box.ignoreFocusOut = true;
  box.step = place.step;
  box.totalSteps = place.totalSteps;
  box.buttons = place.hasBack === true ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const end = (result: StepResult<T>): void => {
      resolve(result);
      box.dispose();
    };
    box.onDidAccept(() => {
      const value = accept();
      if (value !== undefined) end({ kind: 'value', value });
    });
    box.onDidTriggerButton(() => end({ kind: 'back' }));
    box.onDidHide(() => end({ kind: 'cancel' }));
    box.show();
  });
}
