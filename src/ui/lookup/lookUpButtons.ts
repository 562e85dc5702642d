import * as vscode from 'vscode';

const t = vscode.l10n.t;

export type LookUpAction =
  'verify' | 'watch' | 'addToGroup' | 'whyOffline' | 'copy' | 'forget' | 'table' | 'chooseInstance';

export interface LookUpButton extends vscode.QuickInputButton {
  readonly action: LookUpAction;
}

/** The buttons of the rows and of the title, by what they do. */
export function lookUpButtons(): Readonly<Record<LookUpAction, LookUpButton>> {
  const button = (action: LookUpAction, icon: string, tooltip: string): LookUpButton => ({
    action,
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
  });
  return {
    verify: button('verify', 'verified', t('Verify in real time (1 call)')),
    watch: button('watch', 'eye', t('Watch until…')),
    addToGroup: button('addToGroup', 'add', t('Add to a group…')),
    whyOffline: button('whyOffline', 'history', t('Why offline?…')),
    copy: button('copy', 'copy', t('Copy Client ID')),
    forget: button('forget', 'close', t('Remove from the recent look-ups')),
    table: button('table', 'table', t('Look up in a table')),
    chooseInstance: button('chooseInstance', 'server-environment', t('Choose another instance')),
  };
}

/** VS Code hands back the button it was given. */
export function isLookUpButton(button: vscode.QuickInputButton): button is LookUpButton {
  return 'action' in button;
}
