import numpy as np
import pandas as pd
from pathlib import Path

FOLDER = Path("data")
FOLDER.mkdir()
pd.DataFrame({"age": [31, 45, 52], "city": ["Graz", "Lyon", "Turku"]}).to_csv("data/people.csv", index=False)
np.save("data/weights.npy", np.arange(6.0).reshape(2, 3))
(FOLDER / "notes.txt").write_text("one\ntwo\nthree\n")

for turn in range(4):
    people = pd.read_csv("data/people.csv")
    print(turn, len(people), people)

for turn in range(3):
    weights = np.load("data/weights.npy")
    print(f"{turn}: {weights}", len(weights))

lengths = []
for turn in range(5):
    text = (FOLDER / "notes.txt").read_text()
    lengths.append(len(text) + turn)
    print(text[turn], text == "")
print(lengths, text)
