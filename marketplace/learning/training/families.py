"""Fit one shard: encode, search, fit, calibrate. Everything that is fitted here is of the shard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from marketplace.learning.training.declaration import CANDIDATES, Declaration, Family, Kind
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.table import Floats, Inputs, Table, Texts, Whole
from marketplace.learning.training.words import Lines, counted, first_lines

LEAST_OF_A_VALUE, MOST_VALUES = 5, 100
"""A category that fewer rows have could name a person; it is taken for one that is not known."""
MOST_ROUNDS = 200
TEMPERATURES = 0.2, 20.0
CLOSE = 1e-6
"""How close the inverse of a temperature comes to the best one."""


def grams(text: str, longest: int) -> list[str]:
    """Return each sequence of 1 to `longest` characters, as often as it occurs.

    Chinese has no blanks between words, and of characters no list of words has to be kept.
    """
    return [
        text[at : at + length]
        for length in range(1, longest + 1)
        for at in range(len(text) - length + 1)
    ]


@dataclass(frozen=True)
class Analyzer:
    """Cut texts into sequences of characters, as the exported model does."""

    longest: int

    def __call__(self, text: str) -> list[str]:
        return grams(text, self.longest)


@dataclass(frozen=True)
class Encoder:
    """Turn what a model sees into one matrix, by what stood in the rows of a shard.

    `values` are the known ones of each category. The linear family takes the median for what is
    missing, scales, and has a column for each value; boosting has a place for each value. The
    family of words has a column for each declared line, and one for texts without any.
    """

    family: Family
    medians: Floats
    means: Floats
    scales: Floats
    values: tuple[tuple[str, ...], ...]
    vectorizer: TfidfVectorizer | None = None
    lines: Lines = ()

    @classmethod
    def of(cls, inputs: Inputs, family: Family, settings: Mapping[str, float]) -> Encoder:
        """Fit to the rows of a shard."""
        numbers = inputs.numbers
        nothing = np.empty(0)
        values = tuple(known_values(column) for column in inputs.categories.T)
        if family == Family.TEXT:
            return cls(family, nothing, nothing, nothing, (), _vectorizer(inputs, settings))
        if family == Family.BOOSTING:
            return cls(family, nothing, nothing, nothing, values)
        is_there = np.isfinite(numbers)
        medians = np.array(
            [np.median(column[there]) if there.any() else 0.0
             for column, there in zip(numbers.T, is_there.T, strict=True)]
        )  # fmt: skip
        filled = np.where(is_there, numbers, medians)
        scales = filled.std(axis=0) if len(filled) else np.ones(0)
        return cls(family, medians, filled.mean(axis=0), np.where(scales > 0, scales, 1.0), values)

    def matrix(self, inputs: Inputs) -> Any:
        if self.lines:
            return np.eye(len(self.lines) + 1)[first_lines(inputs.texts[:, 0], self.lines)]
        if self.vectorizer is not None:
            return self.vectorizer.transform(inputs.texts[:, 0])
        columns = inputs.categories.T
        if self.family == Family.BOOSTING:
            if not self.values:
                return inputs.numbers
            places = [
                _places(column, known) for column, known in zip(columns, self.values, strict=True)
            ]
            return np.column_stack([inputs.numbers, *places])
        numbers = np.where(np.isfinite(inputs.numbers), inputs.numbers, self.medians)
        scaled = (numbers - self.means) / self.scales
        ones = [
            (_places(column, known)[:, None] == np.arange(len(known))).astype(np.float64)
            for column, known in zip(columns, self.values, strict=True)
        ]
        return np.column_stack([scaled, *ones]) if ones else scaled


@dataclass(frozen=True)
class Shard:
    """What was fitted to one shard; `temperature` calibrates it (Guo et al., ICML 2017)."""

    encoder: Encoder
    estimator: Any
    temperature: float
    settings: Mapping[str, float]

    def logits(self, inputs: Inputs) -> Floats:
        """Return the scores of each label, before they are calibrated."""
        return _logits(self.estimator, self.encoder.matrix(inputs))

    def probabilities(self, inputs: Inputs) -> Floats:
        """Return how probable each label is for each row."""
        return np.exp(log_softmax(self.logits(inputs) / self.temperature))


def nothing_shared(declaration: Declaration) -> TrainingError:
    """Return the refusal of categories without a value that enough rows share, such as texts."""
    columns = ", ".join(declaration.names_of(Kind.CATEGORY))
    return TrainingError("no-value-shared", columns=columns, least=LEAST_OF_A_VALUE)


def fit_shard(table: Table, places: Whole, *, settings: Mapping[str, float] | None = None) -> Shard:
    """Search, fit and calibrate on the rows of a shard, those of the slice for all but the fit.

    `settings` leaves out the search.

    Raises:
        TrainingError: `class-too-rare`, `no-vocabulary`; no category has a value that enough
            rows share (`no-value-shared`).
    """
    declaration, tunes = table.declaration, table.slice[places]
    if declaration.family == Family.WORDS:
        return _counted(declaration, table.inputs.at(places), table.labels[places])
    fitting, labels = table.inputs.at(places[~tunes]), table.labels[places[~tunes]]
    tuning, known = table.inputs.at(places[tunes]), table.labels[places[tunes]]
    _check_labels(declaration, labels)
    if not tunes.any():
        raise TrainingError("too-few-rows", rows=len(places), least=len(places) + 1)
    candidates = CANDIDATES[declaration.family][: declaration.candidates]
    tried = [settings] if settings is not None else candidates
    best: tuple[float, Shard] | None = None
    for one in tried:
        chosen = {**one, **declaration.settings}
        encoder = Encoder.of(fitting, declaration.family, chosen)
        matrix = encoder.matrix(fitting)
        if not matrix.shape[1]:
            raise nothing_shared(declaration)
        estimator = estimator_of(declaration, chosen)
        estimator.fit(matrix, labels)
        temperature, loss = _calibrated(_logits(estimator, encoder.matrix(tuning)), known)
        if best is None or loss < best[0]:
            best = loss, Shard(encoder, estimator, temperature, chosen)
    assert best is not None, "there is a candidate"
    return best[1]


def _counted(declaration: Declaration, inputs: Inputs, labels: Whole) -> Shard:
    """Count over all rows of a shard: nothing is searched or calibrated, so that none tunes."""
    nothing = np.empty(0)
    encoder = Encoder(declaration.family, nothing, nothing, nothing, (), lines=declaration.lines)
    kinds = len(declaration.labels)
    found = counted(encoder.matrix(inputs), labels, kinds, declaration.epsilon)
    return Shard(encoder, found, 1.0, {})


def _check_labels(declaration: Declaration, labels: Whole) -> None:
    counted = np.bincount(labels, minlength=len(declaration.labels))
    if (counted == 0).any():
        raise TrainingError("class-too-rare", label=declaration.labels[int(np.argmin(counted))])


def estimator_of(declaration: Declaration, settings: Mapping[str, float]) -> Any:
    if declaration.family == Family.BOOSTING:
        whole = {"max_iter", "max_leaf_nodes", "min_samples_leaf"}
        taken = {name: int(value) if name in whole else value for name, value in settings.items()}
        return HistGradientBoostingClassifier(
            **taken, early_stopping=False, random_state=declaration.seed
        )
    return LogisticRegression(
        C=settings["C"], max_iter=MOST_ROUNDS, tol=1e-6, random_state=declaration.seed
    )


def _logits(estimator: Any, matrix: Any) -> Floats:
    found: Floats = estimator.decision_function(matrix)
    return np.column_stack([np.zeros(len(found)), found]) if found.ndim == 1 else found


def _calibrated(logits: Floats, labels: Whole) -> tuple[float, float]:
    """Return the temperature at which the labels are least surprising, and how much they are."""
    rows = np.arange(len(labels))

    def loss(inverse: float) -> float:
        return -float(log_softmax(logits * inverse)[rows, labels].mean())

    # Convex in the inverse of the temperature, so that there is one valley.
    bounds = 1 / TEMPERATURES[1], 1 / TEMPERATURES[0]
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": CLOSE})
    return 1 / float(found.x), float(found.fun)


def log_softmax(logits: Floats) -> Floats:
    """Return the logarithms of the probabilities that scores stand for."""
    above = logits - logits.max(axis=1, keepdims=True)
    found: Floats = above - np.log(np.exp(above).sum(axis=1, keepdims=True))
    return found


def known_values(column: Texts) -> tuple[str, ...]:
    """Return the values of a category that enough rows share, sorted."""
    counted = Counter(column.tolist()).most_common(MOST_VALUES)
    return tuple(sorted(value for value, count in counted if count >= LEAST_OF_A_VALUE))


def _places(column: Texts, known: tuple[str, ...]) -> Floats:
    places = {value: float(place) for place, value in enumerate(known)}
    return np.array([places.get(value, np.nan) for value in column], dtype=np.float64)


def _vectorizer(inputs: Inputs, settings: Mapping[str, float]) -> TfidfVectorizer:
    vectorizer = TfidfVectorizer(
        analyzer=Analyzer(int(settings["longest"])),
        max_features=int(settings["most_features"]),
        min_df=LEAST_OF_A_VALUE,
    )
    try:
        return vectorizer.fit(inputs.texts[:, 0])
    except ValueError as error:
        raise TrainingError("no-vocabulary") from error
