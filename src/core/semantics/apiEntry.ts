/** What calling an API does, in the rules' terms. A rule asks for a role and never lists method names itself. */
export type ApiRole =
  | 'model-load'
  | 'tokenizer-load'
  | 'dataset-load'
  | 'file-read'
  | 'client-create'
  | 'session-create'
  | 'generate'
  | 'encode'
  | 'embed'
  | 'predict'
  | 'hosted-call'
  | 'train'
  | 'data-loader'
  | 'optimizer'
  | 'quantisation-config';

/** One callable of a library, as data: see src/knowledge/apis/*.json and its schema. */
export interface ApiEntry {
  /** Qualified name. A class segment may hold `*`: `transformers.AutoModel*.from_pretrained`. */
  readonly name: string;
  readonly roles: readonly ApiRole[];
  /** Parameter names in positional order, without the receiver. Names after `*` are keyword-only. In TypeScript an options
   *  object is one parameter; its properties are addressed as `options.dtype`. */
  readonly parameters: readonly string[];
  /** Qualified type of the result; `self` when the receiver is returned (`.to()`, `.eval()`). */
  readonly returns?: string;
  /** Runs with gradients off whatever the caller does (`generate`, `pipeline`). */
  readonly disablesGradients?: boolean;
  /** Parameter that carries the model id or path. */
  readonly modelParameter?: string;
  /** How several inputs go into one call, for APIs that people call once per item. */
  readonly batch?: BatchForm;
  /** Where this was read: package and version, file. */
  readonly source: string;
}

export interface BatchForm {
  /** Parameter that holds the item or the items: `body.input`. */
  readonly parameter: string;
  /** `list`: the parameter takes one item or a list; `items`: it is a list already; `one`: a single item, and `via` takes the list. */
  readonly accepts: 'list' | 'items' | 'one';
  /** Callable of the same receiver or package that takes the list: `embedDocuments`, `embedMany`. */
  readonly via?: string;
  /** Most items that one call takes. */
  readonly limit?: number;
}
