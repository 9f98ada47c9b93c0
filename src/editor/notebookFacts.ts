import type * as vscode from 'vscode';
import type { NotebookMetadata } from '../core/engine/analysis.ts';
import { objectAt, stringAt } from '../languages/notebook/notebookJson.ts';
import { cutOutput } from '../languages/notebook/savedOutput.ts';

const TEXT_TYPES = /^(text\/plain|application\/vnd\.code\.notebook\.(stdout|stderr))$/;

/** What an open notebook's metadata say of its machine; VS Code keeps those of the file one level down. */
export function openNotebookMetadata({ metadata }: Pick<vscode.NotebookDocument, 'metadata'>): NotebookMetadata {
  const file = objectAt(metadata, 'metadata');
  const accelerator = stringAt(file, 'accelerator') ?? stringAt(objectAt(file, 'kaggle'), 'accelerator');
  const gpuType = stringAt(objectAt(file, 'colab'), 'gpuType');
  return {
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(gpuType === undefined ? {} : { gpuType }),
  };
}

/** Text of an open cell's outputs. */
export function openCellOutput({ outputs }: Pick<vscode.NotebookCell, 'outputs'>): string | undefined {
  const decoder = new TextDecoder();
  const texts = outputs.flatMap(({ items }) =>
    items.filter(({ mime }) => TEXT_TYPES.test(mime)).map(({ data }) => decoder.decode(data)),
  );
  return cutOutput(texts.join('\n'));
}
