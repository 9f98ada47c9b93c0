"""Answers questions about support tickets over HTTP."""

import functools

import joblib
from fastapi import FastAPI
from pydantic import BaseModel
from sentence_transformers import SentenceTransformer
from transformers import pipeline

app = FastAPI()

# Correct: loaded once, when the service starts.
encoder = SentenceTransformer("all-MiniLM-L6-v2")


class Ticket(BaseModel):
    text: str


@app.post("/sentiment")
def sentiment(ticket: Ticket):
    classifier = pipeline("sentiment-analysis", model="distilbert-base-uncased-finetuned-sst-2-english", device=0)
    return classifier(ticket.text)[0]


def load_router():
    return joblib.load("models/router.joblib")


@app.post("/route")
def route(ticket: Ticket):
    router = load_router()
    return {"queue": str(router.predict([ticket.text])[0])}


@functools.lru_cache(maxsize=1)
def load_priority():
    """Correct: kept after the first request."""
    return joblib.load("models/priority.joblib")


@app.post("/priority")
def priority(ticket: Ticket):
    return {"priority": int(load_priority().predict([ticket.text])[0])}


@app.post("/embed")
def embed(tickets: list[Ticket]):
    return encoder.encode([ticket.text for ticket in tickets], batch_size=64).tolist()
