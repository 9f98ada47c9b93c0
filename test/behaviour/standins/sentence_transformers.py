"""What `SentenceTransformer.encode` does with one text and with a list, around a small encoder with fixed weights.

After sentence-transformers 5.1 (`SentenceTransformer.encode`, 2025): one text counts as a list of one and its vector is handed out
bare; texts are sorted by length, cut into batches, padded to the longest of the batch behind an attention mask, and put back into their
order; the vectors are one NumPy array, an empty one for no texts; the mode is evaluation, and no gradients are recorded.
"""

import zlib

import numpy as np
import torch
from torch import nn

WIDTH = 32
WORDS = 512


class SentenceTransformer(nn.Module):
    def __init__(self, name, device=None):
        super().__init__()
        with torch.random.fork_rng():
            torch.manual_seed(zlib.crc32(name.encode()))
            self.words = nn.Embedding(WORDS, WIDTH)
            layer = nn.TransformerEncoderLayer(WIDTH, 4, 64, batch_first=True)
            self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)

    def encode(self, sentences, prompt=None, batch_size=32, normalize_embeddings=False):
        self.eval()
        is_one = isinstance(sentences, str)
        texts = [sentences] if is_one else sentences
        tokens = [[zlib.crc32(word.encode()) % WORDS for word in ((prompt or "") + text).split()] for text in texts]
        order = np.argsort([-len(row) for row in tokens])
        vectors = []
        for start in range(0, len(texts), batch_size):
            vectors.extend(self._pooled([tokens[at] for at in order[start : start + batch_size]], normalize_embeddings))
        vectors = [vectors[at] for at in np.argsort(order)]
        return vectors[0] if is_one else np.asarray(vectors)

    @torch.no_grad()
    def _pooled(self, rows, normalize):
        longest = max(len(row) for row in rows)
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in rows])
        hidden = self.encoder(self.words(ids), src_key_padding_mask=mask == 0)
        pooled = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return (nn.functional.normalize(pooled, dim=1) if normalize else pooled).numpy()
