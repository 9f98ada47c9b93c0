from transformers import AutoModelForSequenceClassification, AutoTokenizer

NAME = "distilbert/distilbert-base-uncased-finetuned-sst-2-english"
tokenizer = AutoTokenizer.from_pretrained(NAME)


def label(texts: list[str]) -> list[int]:
    labels = []
    for text in texts:
        model = AutoModelForSequenceClassification.from_pretrained(NAME)
        inputs = tokenizer(text, return_tensors="pt")
        labels.append(int(model(**inputs).logits.argmax()))
    return labels
