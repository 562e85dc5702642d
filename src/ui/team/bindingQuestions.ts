import * as vscode from 'vscode';
import { destination } from '../../model/destination';
import type { Instance, InstanceOrigin } from '../../model/inventory/inventory';
import { bindingTermsOf, type ForeignFile } from '../../model/inventory/personal';
import { seenName } from '../../model/inventory/shownNames';
import { askInDialog, confirm } from '../tell';
import { countText, numberText } from '../words/numbers';
import { chooseKey, enterKey, type KeyToBindParts } from './keyToBind';

const t = vscode.l10n.t;

/** What a person is asked before a key is used by the word of a workspace. */
export class BindingQuestions {
  constructor(private readonly parts: KeyToBindParts) {}

  /** Which key of the person's asks for an instance; undefined for none. */
  async key(instance: Instance, origin: InstanceOrigin): Promise<string | undefined> {
    const names = await this.parts.credentials.names();
    const [mine, fresh] = [t('Use One of My Keys…'), t('Enter a New Key…')];
    const question = t(
      'The folder "{0}" names the instance "{1}". Ask it with a key of yours?',
      origin.folder,
      instance.name,
    );
    const chosen = await askInDialog(question, keyDetail(instance, origin), ...(names.length > 0 ? [mine] : []), fresh);
    if (chosen === mine) return chooseKey(instance, this.parts);
    return chosen === fresh ? this.enterKey(names, instance, origin) : undefined;
  }

  /** Whether the key of an instance may ask about clients that a file of others names for it. */
  async clients(instance: Instance, { folder, clientIds }: ForeignFile): Promise<boolean> {
    const [count, name] = [numberText(clientIds.size), instance.name];
    const question = countText(
      clientIds.size,
      t('The folder "{0}" names a client for the instance "{1}". Ask about it with your key?', folder, name),
      t(
        'The folder "{0}" names {1} clients for the instance "{2}". Ask about them with your key?',
        folder,
        count,
        name,
      ),
    );
    const detail = [
      t(
        'Calls signed with the key "{0}" go to {1}, where the instance is. Each ten clients are a call.',
        instance.credential ?? '',
        hostOf(instance),
      ),
      t(
        'You are asked once, and again when the folder names more than twice as many or the instance gets another key.',
      ),
    ];
    return confirm(question, t('Ask'), detail.join('\n'));
  }

  private enterKey(names: readonly string[], instance: Instance, origin: InstanceOrigin): Promise<string | undefined> {
    const suggested = seenName(origin.credentialName);
    return enterKey(names.includes(suggested) ? `${suggested} (${origin.folder})` : suggested, instance, this.parts);
  }
}

/** Where the key will go stands first: it is what the question is about. */
function keyDetail(instance: Instance, { credentialName }: InstanceOrigin): string {
  const clients = bindingTermsOf(instance)?.clients ?? 0;
  return [
    t(
      'Calls signed with it go to {0} over https and nowhere else, for the instance ID {1}.',
      hostOf(instance),
      instance.instanceId,
    ),
    t('The folder calls the credential "{0}"; which key that is, only you say.', seenName(credentialName)),
    countText(
      clients,
      t('The folder names a client for it. Each ten clients are a call.'),
      t('The folder names {0} clients for it. Each ten clients are a call.', numberText(clients)),
    ),
    t(
      'You are asked once, and again when the folder names another region, instance ID or credential, or more than twice as many clients.',
    ),
  ].join('\n');
}

function hostOf(instance: Instance): string {
  const place = destination(instance);
  return place.kind === 'ok' ? place.host : '';
}
