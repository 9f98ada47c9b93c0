# stand-in: sentence_transformers
from sentence_transformers import SentenceTransformer

vectors = []
for i in range(12):
    model = SentenceTransformer("sentence-transformers/all-MiniLM-L6-v2")
    vectors.append(model.encode(str(i)))
print([vector.tolist() for vector in vectors])
