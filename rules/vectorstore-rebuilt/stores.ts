import type { Call, Program } from '../../src/core/semantics/program.ts';

/** Builders of vector stores that embed everything they are given. */
const BUILDERS =
  /^(langchain(_\w+)?|llama_index)\.([\w.]*\.)?(FAISS|Chroma|InMemoryVectorStore|DocArrayInMemorySearch|VectorStoreIndex|GPTVectorStoreIndex|Qdrant|Annoy|USearch|SKLearnVectorStore|LanceDB|ScaNN)\.from_(documents|texts)$/;
/** What keeps an index, or asks whether there is one. */
const KEEPS =
  /save_local|load_local|persist|load_index_from_storage|StorageContext|from_vector_store|os\.path\.(exists|isdir|isfile)|\.exists\(\)|get_or_create_collection|CacheBackedEmbeddings|pickle\.dump|vector_?store_?path|index\.save|session_state|cache_resource|cache_data|lru_cache/i;
/** What reads documents: from a fixed folder, file or address. */
const LOADERS = /^(langchain(_\w+)?|llama_index)\.[\w.]*(Loader|Reader)(\.\w+)*$/;

export function isBuild(call: Call): boolean {
  return BUILDERS.test(call.name ?? '');
}

/** True when the file keeps an index somewhere, or a remote store holds it. */
export function keepsIndex(program: Program): boolean {
  return (
    KEEPS.test(program.module.text) ||
    /https?:\/\/[^"']*(qdrant|weaviate|pinecone|milvus)|\burl\s*=\s*QDRANT/i.test(program.module.text)
  );
}

/** The loader that reads the documents, where the text gives its place: a path or an address, not something a person uploads. */
export function fixedCorpus(program: Program): Call | undefined {
  if (/file_uploader|UploadFile|tempfile|gr\.File|upload/i.test(program.module.text)) return undefined;
  return program.calls.find((call) => {
    if (!LOADERS.test(call.name ?? '')) return false;
    const [first] = call.node.args;
    return first !== undefined && isFixed(program, call);
  });
}

function isFixed(program: Program, call: Call): boolean {
  const [first] = call.node.args;
  if (first === undefined) return false;
  const values = program.values(first.value);
  return values.every(
    (value) =>
      (value.kind === 'constant' && typeof value.value === 'string') ||
      (value.kind === 'collection' &&
        value.node.kind === 'sequence' &&
        value.node.elements.length > 0 &&
        value.node.elements.every((element) => program.constant(element).kind === 'known')),
  );
}
