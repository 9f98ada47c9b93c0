/** Realistic sources with many constructs, for truncation and splicing. */
export const fuzzSources: readonly string[] = [
  `#!/usr/bin/env python
"""Trains a small classifier 😀."""
from __future__ import annotations
import os, torch.nn as nn
from transformers import (AutoModel as Model, AutoTokenizer,)
from .data import *

@dataclass(frozen=True)
class Config(Base, metaclass=Meta):
    name: str = "bert-base-uncased"
    sizes: list[int] = field(default_factory=lambda: [1, 2_000, 0xff, 1e-3, 2j])

    @property
    def path(self) -> str: return f"{self.name!r:>{10}}/model-{os.getpid()}" rf'\\d{{2}}'

    @staticmethod
    async def load(name, /, *args, device="cuda", **kwargs) -> Model:
        global cache; cache = {**kwargs, "name": name, name: [*args]}
        async with lock as held, open(name, 'rb') as (first, *rest):
            return await Model.from_pretrained(name, torch_dtype=torch.float16, **kwargs)

def train(model, loader, epochs: int = 3):
    best = None if not epochs else float('-inf')
    for epoch in range(epochs):
        for i, (x, y) in enumerate(loader):
            with torch.no_grad(), autocast("cuda", dtype=torch.bfloat16):
                loss = (model(x)[..., 0] - y[1:-1, ::2]).pow(2).mean()
            total += loss.item(); del x, y
            if i % 10 == 0 and 0 < loss <= 1 or best is not None: print(f"{loss=:.3f}", end='\\n')
            elif (n := len(loader)) > 3: continue
            else: pass
    else:
        best = max((m.score for m in models if m.ok for s in m), default=0)
    try:
        assert best, "none"
    except* (ValueError, KeyError) as error:
        raise RuntimeError(error) from error
    finally:
        while True:
            break
    match best:
        case {"a": [1, *others], **rest} if rest: yield from others
        case Config(name="x" | "y" as n) | None: yield
        case _: return {k: v async for k, v in items() if k}
`,
  `from fastapi import FastAPI\r
import torch\r
app = FastAPI(); model: "Module" = torch.load('m.pt', map_location="cpu",\r
    weights_only=True)\r
@app.post("/predict")\r
def predict(text: str, k=5, *, top=None):\r
\tresult = [\r
\t\tmodel(t)  # 👩‍🔬 one by one\r
\t\tfor t in text.split('\\N{BULLET}')\r
\t]\r
\treturn {"ok": True, 'n': -len(result) ** 2 if result else ~0, **extra} | {1, 2}\r
type Pair[T] = tuple[T, T]\r
print(b'x' rb"y", '''a\r
b''', not x is None, x @ y // 2 >> 1 << 3 ^ 4, a if b else c, lambda *a, **k: (yield), sep="")\r
`,
];
