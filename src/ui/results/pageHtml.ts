import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The folders that the page may load from. */
export function pageRoots(extensionUri: vscode.Uri): vscode.Uri[] {
  return ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));
}

/** The page: one script and one style, both by a nonce; nothing else runs or loads. */
export function pageHtml(webview: Pick<vscode.Webview, 'asWebviewUri'>, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64url');
  const uriOf = (...path: string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString(true);
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" href="${uriOf('media', 'results.css')}">
</head>
<body>
<script nonce="${nonce}" src="${uriOf('dist', 'results.js')}"></script>
</body>
</html>`;
}
