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
  readonly detail?: string;
  readonly alwaysShow?: boolean;
  /** A separator has no value and cannot be chosen. */
  readonly kind?: vscode.QuickPickItemKind;
  readonly value: T;
}

interface PickQuestion<T> extends StepPlace {
  readonly title: string;
  readonly placeholder?: string;
  readonly items: readonly PickItem<T>[];
  /** What stands in the box at first, as if it had been typed. */
  readonly typed?: string | undefined;
  /** The place of the item that Enter takes; the first where none is given. */
  readonly active?: number | undefined;
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
  const { title, placeholder, items, active = 0, itemOfText, typed: value = '' } = question;
  Object.assign(box, { title, placeholder, items, value, matchOnDescription: true, matchOnDetail: true });
  const offer = (text: string): void => {
    const typed = text.trim() === '' ? undefined : itemOfText?.(text.trim());
    if (itemOfText !== undefined) box.items = typed === undefined ? items : [{ ...typed, alwaysShow: true }, ...items];
  };
  box.onDidChangeValue(offer);
  offer(value);
  if (active > 0) box.activeItems = box.items.filter((item) => item === items[active]);
  // Enter can come before the item of what was typed is on the list.
  return show(box, question, () => (box.selectedItems[0] ?? itemOfText?.(box.value.trim()))?.value);
}

/** Asks for one of several, outside of any steps; undefined when cancelled. */
export async function pick<T>(question: PickQuestion<T>): Promise<T | undefined> {
  const result = await askPick(question);
  return result.kind === 'value' ? result.value : undefined;
}

export type Step<S> = (state: S, place: StepPlace) => Promise<StepResult<S>>;
/** Which steps there are may depend on what was entered in those before. */
type Steps<S> = readonly Step<S>[] | ((state: S) => readonly Step<S>[]);

/**
 * Runs steps one after another; Back returns to the one before, which shows what was entered there. Undefined when
 * cancelled: nothing is half done.
 */
export async function runSteps<S>(initial: S, steps: Steps<S>): Promise<S | undefined> {
  let state = initial;
  for (let at = 0; ;) {
    const current = typeof steps === 'function' ? steps(state) : steps;
    const step = current[at];
    if (step === undefined) return state;
    const result = await step(state, { step: at + 1, totalSteps: current.length, hasBack: at > 0 });
    if (result.kind === 'cancel' || (result.kind === 'back' && at === 0)) return undefined;
    if (result.kind === 'value') state = result.value;
    at += result.kind === 'back' ? -1 : 1;
  }
}

/** Makes steps of a part of the state steps of the whole. */
export function stepsOfPart<S, P>(
  steps: readonly Step<P>[],
  part: (state: S) => P,
  put: (state: S, part: P) => S,
): Step<S>[] {
  return steps.map(
    (step) => async (state, place) => into(await step(part(state), place), (value) => put(state, value)),
  );
}

/** Puts what a step gave into the state. */
export function into<T, S>(result: StepResult<T>, put: (value: T) => S): StepResult<S> {
  return result.kind === 'value' ? { kind: 'value', value: put(result.value) } : result;
}

/** A box of VS Code's that is one step. */
interface StepBox extends vscode.QuickInput {
  buttons: readonly vscode.QuickInputButton[];
  readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
  readonly onDidAccept: vscode.Event<unknown>;
}

/** Shows a box until it is accepted, left or cancelled; it stays where `accept` gives nothing. */
export function show<T>(box: StepBox, place: StepPlace, accept: () => T | undefined): Promise<StepResult<T>> {
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
