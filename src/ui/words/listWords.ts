import * as vscode from 'vscode';
import { ApiError } from '../../model/apiError';
import { failureWords } from './failureWords';
import { asideText, phrasesText } from './joiners';

const t = vscode.l10n.t;

export type Listed = 'instances' | 'groups';

/** Why a list did not come, and what to do about it: a line each, as a row of a pick list has room for. */
export interface ListFailure {
  readonly what: string;
  readonly fix?: string;
}

/** What nobody foresaw says no more than that. */
export function listFailure(of: Listed, error: unknown): ListFailure {
  if (!(error instanceof ApiError)) return { what: t('The list could not be read.') };
  if (error.kind === 'cancelled') return { what: t('The list was not asked for.') };
  const { what, fix } = isDenied(error) ? denied(of) : failureWords(error);
  const { code, requestId } = error;
  return {
    what,
    fix: asideText(fix, requestId === undefined ? code : phrasesText([code, t('request {0}', requestId)])),
  };
}

/** Documented for ListGroupId: mq:ListMqttGroupId, in older pages mq:ListGroupId; for ListInstances no action is. */
function denied(of: Listed): Required<ListFailure> {
  switch (of) {
    case 'instances':
      return {
        what: t('A RAM policy denies this key the list of instances.'),
        fix: t('Type the ID: checks need no list.'),
      };
    case 'groups':
      return {
        what: t('A RAM policy denies this key the list of groups.'),
        fix: t('Type the ID, or allow mq:ListMqttGroupId and mq:MqttInstanceAccess on this instance.'),
      };
  }
}

function isDenied({ kind, code }: ApiError): boolean {
  return kind === 'service' && /^(Forbidden|NoPermission)(\.|$)/.test(code);
}
