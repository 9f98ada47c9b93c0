# stand-in: sentence_transformers
from sentence_transformers import SentenceTransformer

model = SentenceTransformer("sentence-transformers/all-MiniLM-L6-v2", device="cpu")


def listed(texts: list[str]):
    return [model.encode(text, normalize_embeddings=True, batch_size=4) for text in texts]


def collected(texts: list[str]):
    vectors = []
    for text in texts:
        vectors.append(model.encode(text, prompt="query: "))
    return vectors


TEXTS = [" ".join(f"word{(row * 7 + at) % 23}" for at in range(row % 9 + 1)) for row in range(40)]
for vectors in (listed(TEXTS), collected(TEXTS), listed([]), collected([])):
    print(type(vectors), len(vectors), [(vector.shape, vector.dtype, vector.tolist()) for vector in vectors])
