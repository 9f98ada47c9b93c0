import * as vscode from 'vscode';

const SAMPLE = `"""Classifies support tickets: every ticket loads the model again, in full precision."""
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

NAME = "distilbert-base-uncased-finetuned-sst-2-english"


def classify(tickets: list[str]) -> list[int]:
    labels = []
    for ticket in tickets:
        tokenizer = AutoTokenizer.from_pretrained(NAME)
        model = AutoModelForSequenceClassification.from_pretrained(NAME)
        model.eval()
        batch = tokenizer(ticket, return_tensors="pt")
        labels.append(int(model(**batch).logits.argmax()))
    return labels
`;

/** A new, unsaved document with waste to look at. */
export async function openSample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: SAMPLE });
  await vscode.window.showTextDocument(document);
}
