import * as vscode from 'vscode';

interface WebviewPage {
  readonly webview: vscode.Webview;
  readonly extensionUri: vscode.Uri;
  /** Name of the bundled script and style: `dist/panel/<name>.js`, `.css`. */
  readonly name: string;
  readonly title: string;
  /** Trusted markup of the extension; anything that comes from a user's file is set by the script as text. */
  readonly body: string;
}

/** Where the bundled scripts and styles of webviews are. */
export function panelFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'panel');
}

/** A page that can load nothing but its own script and style, and talk to nobody but the extension. */
export function webviewPage({ webview, extensionUri, name, title, body }: WebviewPage): string {
  const nonce = crypto.randomUUID();
  const resource = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(panelFolder(extensionUri), file)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${resource(`${name}.css`)}">
<title>${title}</title>
</head>
<body>
${body}
<script nonce="${nonce}" src="${resource(`${name}.js`)}"></script>
</body>
</html>`;
}
