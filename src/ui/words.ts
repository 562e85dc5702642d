import * as vscode from 'vscode';
import type { ApiError } from '../model/apiError';
import type { ClientIdProblem } from '../model/clientId';
import type { CredentialProblem } from '../model/credentialInput';
import type { DestinationProblem } from '../model/destination';
import type { InventoryEditError } from '../model/editInventory';
import { errorSentence } from '../model/errorSentences';
import type { InventoryProblem } from '../model/parseInventory';
import type { Observation } from '../sessions/statusStore';

const t = vscode.l10n.t;

/** What is wrong and what to do, with the code and the request ID to quote. */
export function errorText(error: ApiError): string {
  const { what, fix } = errorSentence(error);
  const code =
    error.requestId === undefined ? `(${error.code})` : `(${error.code}, ${t('request {0}', error.requestId)})`;
  return `${t(what)} ${t(fix)} ${code}`;
}

export function statusText(status: Observation['status']): string {
  switch (status) {
    case 'online':
      return t('online');
    case 'offline':
      return t('offline');
    case 'unknown':
      return t('unknown');
  }
}

export function clientIdProblemText(problem: ClientIdProblem): string {
  switch (problem) {
    case 'empty':
      return t('A client ID may not be empty.');
    case 'tooLong':
      return t('A client ID has at most 64 characters.');
    case 'brokenCharacter':
      return t('This client ID holds half a character: it was cut or copied wrongly.');
    case 'notPrintableAscii':
      return t('A client ID holds printable ASCII characters only, and no blanks.');
  }
}

export function destinationProblemText(problem: DestinationProblem): string {
  switch (problem) {
    case 'missing':
      return t('Enter a region or an endpoint.');
    case 'scheme':
      return t('Leave out the scheme: enter the endpoint as host or host:port.');
    case 'path':
      return t('Leave out slashes and everything behind them: enter the endpoint as host or host:port.');
    case 'userInfo':
      return t('An endpoint holds no user name: enter it as host or host:port.');
    case 'badHost':
      return t('This is no valid host name.');
    case 'badPort':
      return t('A port is a number from 1 to 65535.');
    case 'badRegion':
      return t('This is no valid region ID; one looks like cn-hangzhou.');
  }
}

export function credentialProblemText(problem: CredentialProblem): string {
  switch (problem) {
    case 'emptyName':
      return t('Enter a name.');
    case 'emptyKey':
      return t('Paste the key; it may not be empty.');
    case 'brokenKey':
      return t('A key holds no blanks, line breaks or other special characters inside; paste it again.');
  }
}

export function editProblemText({ reason, about }: InventoryEditError): string {
  switch (reason) {
    case 'broken':
      return t('inventory.json is broken, so nothing was changed. Open it and mend it first.');
    case 'busy':
      return t('Another window is writing inventory.json, so nothing was changed. Try again.');
    case 'noSuchInstance':
      return t('There is no instance "{0}" in the inventory.', about);
    case 'noSuchGroup':
      return t('There is no group "{0}" in this instance.', about);
    case 'emptyName':
      return t('Enter a name.');
    case 'nameTaken':
      return t('There is an instance named "{0}" already.', about);
    case 'instanceIdTaken':
      return t('There is an instance with the ID "{0}" already.', about);
    case 'groupNameTaken':
      return t('There is a group named "{0}" in this instance already.', about);
  }
}

export function inventoryProblemText({ kind, path, line, column }: InventoryProblem): string {
  switch (kind) {
    case 'syntax':
      return t('inventory.json is no valid JSON at line {0}, column {1}.', line, column);
    case 'shape':
      return t('inventory.json, line {0}, column {1}: "{2}" is missing or has the wrong shape.', line, column, path);
    case 'duplicate':
      return t('inventory.json, line {0}, column {1}: "{2}" is there twice.', line, column, path);
  }
}
