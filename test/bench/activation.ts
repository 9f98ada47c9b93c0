import * as vscode from 'vscode';

/** Entry point for the extension host: times the activation of the extension under test, first load included. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('green-ai.green-ai');
  if (!extension) throw new Error('the extension is not installed');
  if (extension.isActive) throw new Error('the extension was active before it was asked for');
  const started = performance.now();
  await extension.activate();
  console.log(`[suite] activation: ${(performance.now() - started).toFixed(0)} ms`);
}
