import type { Edit } from '../engine/rule.ts';
import type { SourceModule } from '../ir/sourceModule.ts';
import type { Span } from '../text/span.ts';
import { bindsName } from './bindsName.ts';
import { existingPythonImport, newPythonImport } from './pythonImport.ts';
import { existingTypeScriptImport, newTypeScriptImport } from './typeScriptImport.ts';

/** What a fix wants to name: a module (`torch`), or a name of a module (`inference_mode` of `torch`). */
export interface ImportRequest {
  readonly module: string;
  readonly name?: string;
  /** Local name to use when an import has to be written: `np` for `numpy`. */
  readonly alias?: string;
  /** Offset where the name is going to be used: imports inside another function do not serve it. */
  readonly at: number;
  /** Cells of a notebook in the module's text: a new import goes into the cell that holds `at`. */
  readonly cells?: readonly Span[];
}

/** How to write what was requested, and the edits that make it available; none when it already is. */
export interface ImportResult {
  /** Source text: `torch`, `th`, `torch.nn`, `transformers.pipeline`. */
  readonly local: string;
  readonly edits: readonly Edit[];
}

/**
 * Makes a module or one of its names available to a fix. Asking for the module of a TypeScript package imports it as a
 * namespace. `undefined` when the name that the import would bind already means something else in the file.
 */
export function importEdit(module: SourceModule, request: ImportRequest): ImportResult | undefined {
  const isPython = module.language === 'python';
  const existing = isPython ? existingPythonImport(module, request) : existingTypeScriptImport(module, request);
  if (existing !== undefined) return { local: existing, edits: [] };
  const local = request.alias ?? request.name ?? (isPython ? request.module : namespaceName(request.module));
  const bound = local.split('.')[0] ?? local;
  if (bindsName(module, bound, (statement) => statement.module === request.module)) return undefined;
  return { local, edits: isPython ? newPythonImport(module, request) : newTypeScriptImport(module, request, local) };
}

/** `@huggingface/transformers` → `transformers`, `onnxruntime-node` → `onnxruntimeNode`. */
function namespaceName(module: string): string {
  const base = module.split('/').at(-1) ?? module;
  return base.replace(/[^\w$]+(\w)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
}
