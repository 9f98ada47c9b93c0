import numpy as np
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

random = np.random.default_rng(11)
X = random.normal(size=(200, 4))
y = (X[:, 0] * X[:, 1] + 0.3 * random.normal(size=200) > 0).astype(int)
new = random.normal(size=(40, 4))

pipe = Pipeline([("scale", StandardScaler()), ("svc", SVC(C=2, probability=True))])
pipe.fit(X, y)
print(pipe.predict(new).tolist(), pipe.score(X, y))

search = GridSearchCV(make_pipeline(StandardScaler(), SVC(probability=True)), {"svc__C": [0.5, 2, 8]}, cv=3)
search.fit(X, y)
best = search.best_estimator_
print(search.best_params_, search.best_score_, best.predict(new).tolist())
print(cross_val_score(SVC(gamma=0.4, probability=True), X, y, cv=4).tolist())
