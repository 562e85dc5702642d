import * as vscode from 'vscode';
import { isGroupId } from '../../model/clientIds/clientId';
import { freeName } from '../../model/inventory/freeName';
import type { Group, Instance } from '../../model/inventory/inventory';
import { compareNames } from '../../model/order/compareNames';
import type { AccountCalls } from '../accountCalls';
import { withoutIcons } from '../tell';
import { listFailure } from '../words/listWords';
import { askListed } from './listingPick';
import { askText, into, type PickItem, runSteps, type StepPlace, type StepResult } from './steps';

const t = vscode.l10n.t;

/** A group to add. */
export type NewGroup = Pick<Group, 'name' | 'groupId'>;

/** What was typed or ticked: the ID of a group, or a name that a person made up. */
type Choice = { readonly kind: 'id'; readonly groupId: string } | { readonly kind: 'name'; readonly name: string };

interface Entry {
  readonly choices: readonly Choice[];
  readonly one: NewGroup;
}

/** Asks for one group or several to add to an instance; undefined when cancelled. */
export async function askNewGroups(
  instance: Instance,
  account: Pick<AccountCalls, 'groups'>,
): Promise<readonly NewGroup[] | undefined> {
  const title = t('Add Group to "{0}"', instance.name);
  const taken = instance.groups.map(({ name }) => name);
  const ids = new GroupIdPick(title, instance, account);
  const entry = await runSteps<Entry>({ choices: [], one: { name: '' } }, ({ choices }) => [
    async (state, place) => into(await ids.ask(state.choices, place), (chosen) => ({ ...state, choices: chosen })),
    ...(choices.length > 1
      ? []
      : [
          async (state: Entry, place: StepPlace) =>
            into(await askRest(title, taken, state, place), (one) => ({ ...state, one })),
        ]),
  ]);
  if (entry === undefined) return undefined;
  return entry.choices.length > 1 ? named(entry.choices, taken) : [entry.one];
}

/** Asks for the name of a group. */
export async function askGroupName(
  title: string,
  taken: readonly string[],
  value: string,
  place: StepPlace = {},
): Promise<StepResult<string>> {
  const problem = (typed: string): string | undefined =>
    typed.trim() === ''
      ? t('Enter a name.')
      : taken.includes(typed.trim())
        ? t('There is a group named "{0}" in this instance already.', typed.trim())
        : undefined;
  const result = await askText({ title, prompt: t('Name of the group'), value, problem, ...place });
  return into(result, (name) => name.trim());
}

/** Several groups are named by their IDs. */
function named(choices: readonly Choice[], taken: readonly string[]): NewGroup[] {
  const names = new Set(taken);
  return choices.map((choice) => {
    const name = freeName(choice.kind === 'id' ? choice.groupId : choice.name, names);
    names.add(name);
    return choice.kind === 'id' ? { name, groupId: choice.groupId } : { name };
  });
}

/** The name of a group whose ID is chosen, or the ID of one that was named. */
async function askRest(
  title: string,
  taken: readonly string[],
  { choices: [choice], one }: Entry,
  place: StepPlace,
): Promise<StepResult<NewGroup>> {
  if (choice === undefined) return { kind: 'back' };
  if (choice.kind === 'id') {
    const { groupId } = choice;
    const value = one.groupId === groupId ? one.name : freeName(groupId, taken);
    return into(await askGroupName(title, taken, value, place), (name) => ({ name, groupId }));
  }
  const prompt = t('Group ID (GID_…), completes bare device IDs; leave it empty if you have none');
  const problem = (typed: string): string | undefined =>
    typed.trim() === '' || isGroupId(typed.trim())
      ? undefined
      : t('A group ID starts with GID_ or GID- and has 7 to 64 letters, digits, "-" and "_".');
  const result = await askText({ title, prompt, problem, value: one.groupId ?? '', ...place });
  return into(result, (typed) =>
    typed.trim() === '' ? { name: choice.name } : { name: choice.name, groupId: typed.trim() },
  );
}

/** Asks which groups; the list stays while one goes back and forth. */
class GroupIdPick {
  private known: readonly PickItem<Choice | undefined>[] | undefined;

  constructor(
    private readonly title: string,
    private readonly instance: Instance,
    private readonly account: Pick<AccountCalls, 'groups'>,
  ) {}

  ask([before]: readonly Choice[], place: StepPlace): Promise<StepResult<readonly Choice[]>> {
    return askListed<Choice>({
      title: this.title,
      placeholder: t('Type a group ID (GID_…) or a name of your choice, or tick groups of the list'),
      typed: before === undefined || this.known !== undefined ? '' : textOf(before),
      itemOfText: (text) => this.typedRow(text),
      // Without a key of the person's nothing is asked: a workspace may name the instance.
      offer: this.instance.credential === undefined ? undefined : this.offer(),
      known: this.known,
      takesSeveral: true,
      ...place,
    });
  }

  private offer() {
    return {
      item: {
        label: t('$(cloud-download) List the groups of this instance'),
        description: t('1 call'),
        detail: t('The service bills it like a check.'),
      },
      ask: async (signal: AbortSignal) => {
        const groupIds = [...new Set(await this.account.groups(this.instance, signal))].sort((a, b) =>
          compareNames(a, b),
        );
        this.known = groupIds.map((groupId) => this.listedRow(groupId));
        return this.known;
      },
      failure: (error: unknown) => listFailure('groups', error),
    };
  }

  private listedRow(groupId: string): PickItem<Choice | undefined> {
    const label = withoutIcons(groupId);
    const there = this.instance.groups.find((group) => group.groupId === groupId || group.name === groupId);
    return there === undefined
      ? { label, value: { kind: 'id', groupId } }
      : { label, description: withoutIcons(t('there already as "{0}"', there.name)), value: undefined };
  }

  private typedRow(text: string): PickItem<Choice | undefined> {
    const label = withoutIcons(text);
    if (isGroupId(text)) return { label, description: t('group ID, as typed'), value: { kind: 'id', groupId: text } };
    return this.instance.groups.some(({ name }) => name === text)
      ? {
          label,
          description: withoutIcons(t('There is a group named "{0}" in this instance already.', text)),
          value: undefined,
        }
      : { label, description: t('a name of your choice'), value: { kind: 'name', name: text } };
  }
}

function textOf(choice: Choice): string {
  return choice.kind === 'id' ? choice.groupId : choice.name;
}
