import numpy as np
from sklearn.svm import SVC, NuSVC

random = np.random.default_rng(7)
X = random.normal(size=(240, 5))
y = (X[:, 0] * X[:, 1] + 0.3 * random.normal(size=240) > 0).astype(int) + (X[:, 2] > 0)
new = random.normal(size=(60, 5))

model = SVC(kernel="rbf", probability=True)
model.fit(X, y)
print(model.predict(new).tolist(), model.score(X, y))
print(model.decision_function(new[:3]).tolist(), model.support_.tolist())

nu = NuSVC(nu=0.25, probability=True, gamma=0.2).fit(X, y)
print(nu.predict(new).tolist(), nu.dual_coef_[:, :5].tolist())

np.random.seed(3)
weighted = SVC(kernel="poly", degree=2, probability=True)
weighted.fit(X, y, sample_weight=np.linspace(0.5, 2, 240))
print(weighted.predict(new).tolist(), np.random.rand())
