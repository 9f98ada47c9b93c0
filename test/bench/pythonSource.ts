/** A part of a realistic training script; `n` makes names and numbers differ. About 40 lines. */
function block(n: number): string {
  return `
class Encoder${n}(nn.Module):
    """Residual encoder number ${n}."""

    def __init__(self, width: int = ${64 + (n % 7) * 32}, depth: int = ${2 + (n % 5)}) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = x + torch.relu(layer(self.norm(x)))
        return x


def evaluate_${n}(model: nn.Module, loader: DataLoader, device: str = "cuda") -> dict[str, float]:
    model.eval()
    total, correct, losses = 0, 0, []
    for step, (inputs, labels) in enumerate(loader):
        inputs, labels = inputs.to(device), labels.to(device)
        logits = model(inputs)
        losses.append(F.cross_entropy(logits, labels).item())
        correct += (logits.argmax(dim=-1) == labels).sum().item()
        total += labels.size(0)
        if step % ${50 + n} == 0:
            print(f"step {step}: {losses[-1]:.4f}")
    return {"loss": sum(losses) / max(len(losses), 1), "accuracy": correct / max(total, 1)}


def describe_${n}(paths: list[str], settings: dict[str, object]) -> list[str]:
    tokenizer = AutoTokenizer.from_pretrained(settings.get("name", "bert-base-uncased"))
    lines = []
    for path in paths:
        with open(path, encoding="utf-8") as handle:
            text = handle.read().strip()
        tokens = tokenizer(text, truncation=True, max_length=${128 + (n % 4) * 64})
        lines.append(f"{path}: {len(tokens['input_ids'])} tokens" if text else f"{path}: empty")
    return [line for line in lines if not line.startswith("#")]
`;
}

/** A Python file of exactly `lines` lines, the same on every run. */
export function pythonSource(lines: number): string {
  const head = `import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader
from transformers import AutoModelForCausalLM, AutoTokenizer

model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-7b-hf", torch_dtype=torch.float32)
`;
  const text: string[] = head.split('\n');
  for (let n = 0; ; n++) {
    const next = block(n).split('\n');
    // Half a block would be a syntax error.
    if (text.length + next.length > lines) break;
    text.push(...next);
  }
  while (text.length < lines) text.push(`# line ${text.length + 1}`);
  return `${text.join('\n')}\n`;
}
