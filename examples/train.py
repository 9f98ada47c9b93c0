"""Fine-tunes a classifier on support tickets and checks it on the held-out part."""

import pandas as pd
import torch
from torch.utils.data import DataLoader, Dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer

MODEL = "distilbert-base-uncased"
EPOCHS = 3
DEVICE = "cuda"


class Tickets(Dataset):
    def __init__(self, table, tokenizer):
        self.encodings = tokenizer(table["text"].tolist(), truncation=True, padding=True, return_tensors="pt")
        self.labels = torch.tensor(table["label"].tolist())

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        item = {name: values[index] for name, values in self.encodings.items()}
        item["labels"] = self.labels[index]
        return item


def train(model, loader):
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-5)
    for epoch in range(EPOCHS):
        # The table does not change between epochs, but it is read and parsed again in each of them.
        weights = pd.read_csv("data/class_weights.csv")
        loss_function = torch.nn.CrossEntropyLoss(weight=torch.tensor(weights["weight"].tolist()).to(DEVICE))
        model.train()
        for batch in loader:
            batch = {name: values.to(DEVICE) for name, values in batch.items()}
            labels = batch.pop("labels")
            loss = loss_function(model(**batch).logits, labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        print(f"epoch {epoch}: {loss.item():.3f}")


def evaluate(model, loader):
    """Records gradients that nobody uses: the evaluation needs `torch.inference_mode()`."""
    model.eval()
    right = 0
    for batch in loader:
        batch = {name: values.to(DEVICE) for name, values in batch.items()}
        labels = batch.pop("labels")
        right += (model(**batch).logits.argmax(dim=1) == labels).sum().item()
    return right / len(loader.dataset)


@torch.inference_mode()
def confidence(model, loader):
    """The same loop without the waste."""
    model.eval()
    scores = []
    for batch in loader:
        batch = {name: values.to(DEVICE) for name, values in batch.items() if name != "labels"}
        scores.append(model(**batch).logits.softmax(dim=1).amax(dim=1).cpu())
    return torch.cat(scores).mean().item()


def main():
    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    tickets = pd.read_parquet("data/tickets.parquet")
    training, held_out = tickets.iloc[:40_000], tickets.iloc[40_000:]
    model = AutoModelForSequenceClassification.from_pretrained(MODEL, num_labels=5).to(DEVICE)
    train(model, DataLoader(Tickets(training, tokenizer), batch_size=32, shuffle=True, num_workers=4))
    loader = DataLoader(Tickets(held_out, tokenizer), batch_size=128, num_workers=4)
    print("accuracy", evaluate(model, loader), "confidence", confidence(model, loader))
    model.save_pretrained("models/tickets")


if __name__ == "__main__":
    main()
