"""How likely each class is for each text, by a model that did not learn from that text."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

SEED: Final = 20_180
FOLDS: Final = 5
LEAST_OF_CLASS: Final = 2
"""Of a class with fewer texts no fold can learn while another asks."""
MOST_TERMS: Final = 20_000


def shares_of(texts: Sequence[str], labels: NDArray[np.int64]) -> NDArray[np.float64] | None:
    """Return by text how likely each class is, each told by models that never saw that text.

    Characters and pairs of them are weighed by TF-IDF, as suits Chinese without a dictionary. Same
    texts and labels give the same shares. None where a class has too few texts, or there is but
    one.
    """
    sizes = np.bincount(labels)
    if len(sizes) < 2 or sizes.min() < LEAST_OF_CLASS:
        return None
    model = make_pipeline(
        TfidfVectorizer(
            analyzer="char", ngram_range=(1, 2), sublinear_tf=True, max_features=MOST_TERMS
        ),
        LogisticRegression(C=5.0, max_iter=200),
    )
    folds = StratifiedKFold(min(FOLDS, int(sizes.min())), shuffle=True, random_state=SEED)
    try:
        found = cross_val_predict(
            model, list(texts), labels, cv=folds, method="predict_proba", n_jobs=1
        )
    except ValueError:
        # Texts without a sign that counts.
        return None
    return np.asarray(found, dtype=np.float64)
