import torch

torch.manual_seed(0)
model = torch.nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
data = [(torch.randn(8, 4), torch.randn(8, 1)) for _ in range(20)]
total, losses = 0.0, []
for epoch in range(3):
    weighted = 0
    for x, y in data:
        loss = torch.nn.functional.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss
        losses.append(loss)
        weighted = weighted + loss * x.size(0)
    print(epoch, float(total), float(weighted), len(losses), [round(float(value), 6) for value in losses[-3:]])
print([parameter.tolist() for parameter in model.parameters()])
