import type { ClassDefinition, FunctionDefinition } from '../ir/definition.ts';
import type { CallExpression, Expression } from '../ir/expression.ts';
import type { ClassSummary, FunctionSummary } from '../workspace/moduleSummary.ts';

/** What an expression can be at a place. An expression has a set of values: one per branch that can reach it. */
export type Value =
  /** Literal string, number, boolean or null. */
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null; readonly node: Expression }
  /** Something imported, or an attribute chain on it, by qualified name: `torch.float16`, `@huggingface/transformers.pipeline`.
   *  `module` is the specifier that it was imported by, as written. */
  | { readonly kind: 'symbol'; readonly name: string; readonly module?: string }
  /** Result of calling (or constructing) a symbol; `call` is absent when the type comes from an annotation or another file. `type` is the qualified type where the API data knows it, else `<callee>()`. */
  | { readonly kind: 'instance'; readonly type: string; readonly call?: CallExpression; readonly module?: string }
  /** Instance of a class of this workspace; `self` and `this` inside its methods. */
  | { readonly kind: 'object'; readonly definition: ClassDefinition; readonly call?: CallExpression }
  | { readonly kind: 'function'; readonly definition: FunctionDefinition }
  | { readonly kind: 'class'; readonly definition: ClassDefinition }
  /** A sequence, mapping or comprehension written out in the source. */
  | { readonly kind: 'collection'; readonly node: Expression }
  /** A module, function, class or object of another file of the workspace. */
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'externalFunction'; readonly path: string; readonly definition: FunctionSummary }
  | { readonly kind: 'externalClass'; readonly path: string; readonly definition: ClassSummary }
  | { readonly kind: 'externalObject'; readonly path: string; readonly definition: ClassSummary }
  /** `template`: what a call in another file hands over is text with this constant part, `\uFFFC` for what varies. */
  | { readonly kind: 'unknown'; readonly template?: string };

/** A class or object of another file of the workspace. */
export type ExternalOwner = Value & { readonly kind: 'externalClass' | 'externalObject' };
