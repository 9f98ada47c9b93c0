import torch
from torch import nn

torch.manual_seed(11)
device = torch.device("cpu")
loader = [torch.randn(5, 4, 8) for _ in range(3)]


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(8, 6)
        self.head = nn.Linear(6, 1)

    def forward(self, x):
        state = torch.zeros(1, x.size(1), 6).to(x.device)
        cell = torch.full((1, x.size(1), 6), 0.25).to(device=x.device)
        positions = torch.arange(0, 1, 0.2).to(x.device)
        out, _ = self.rnn(x, (state, cell))
        return self.head(out).squeeze(-1) + positions[:, None]


model = Tagger().to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(2):
    for x in loader:
        target = torch.ones(5, 4, dtype=torch.float32).to(device)
        weight = torch.linspace(0.5, 1.5, 4).to(device)
        mask = torch.eye(5, 4).to(device)
        loss = (((model(x) - target) * weight + mask) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(epoch, loss.item())
