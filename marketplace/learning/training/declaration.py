"""What a training run is declared to be, as data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from marketplace.learning.training.errors import TrainingError

MOST_FEATURES, MOST_SHARDS, MOST_CANDIDATES, MOST_THREADS = 100, 20, 6, 8
SHARES = 0.1, 0.5
MOST_LABELS = 50
MOST_LINES, MOST_WORDS, LONGEST_WORD = 100, 500, 10
EPSILONS = 0.01, 10.0


class Family(StrEnum):
    """How a model computes."""

    LINEAR = "linear"
    BOOSTING = "boosting"
    TEXT = "text"
    WORDS = "words"


class Kind(StrEnum):
    """As what the values of a feature are read."""

    NUMBER = "number"
    CATEGORY = "category"
    TEXT = "text"


class SplitKind(StrEnum):
    """By what rows are held out."""

    RANDOM = "random"
    GROUP = "group"
    TIME = "time"


class Metric(StrEnum):
    """By which figure a model must beat its baseline."""

    ACCURACY = "accuracy"
    MACRO_F1 = "macro_f1"


@dataclass(frozen=True)
class Feature:
    """A column that a model sees, and as what."""

    name: str
    kind: Kind


@dataclass(frozen=True)
class Split:
    """Hold a share of the rows out: at random, whole groups of a column, or the latest by one.

    `cut` is the first value of the column that is held out by time; where it is None, it is found
    from the share and then stated, so that training again holds out by the same.
    """

    kind: SplitKind = SplitKind.RANDOM
    column: str = ""
    share: float = 0.25
    cut: float | None = None


@dataclass(frozen=True)
class Declaration:
    """Everything that decides what comes of training on given bytes.

    `labels` are the values that are told apart; empty: those that occur. `candidates` is the budget
    of the search in each shard. `by` names columns by whose values errors are shown. `settings`
    take the place of what is searched for. The family of words alone has `words`, a line each with
    blanks between them, and `epsilon`, by which noise hides each row; its labels are named here,
    since that one occurs would tell of its rows.
    """

    target: str
    features: tuple[Feature, ...]
    family: Family
    split: Split = Split()
    labels: tuple[str, ...] = ()
    shards: int = 1
    candidates: int = 1
    metric: Metric = Metric.MACRO_F1
    seed: int = 0
    threads: int = 1
    by: tuple[str, ...] = ()
    settings: Mapping[str, float] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    epsilon: float = 0.0

    def __post_init__(self) -> None:
        for part, is_right in self._parts().items():
            if not is_right:
                raise TrainingError("bad-declaration", part=part)

    def _parts(self) -> dict[str, bool]:
        kinds = [one.kind for one in self.features]
        names = [one.name for one in self.features]
        is_text = self.family in OF_TEXTS
        needs_column = self.split.kind != SplitKind.RANDOM
        return {
            "features": 1 <= len(names) <= MOST_FEATURES
            and len(set(names)) == len(names)
            and self.target not in names,
            "family": (kinds == [Kind.TEXT]) if is_text else (Kind.TEXT not in kinds),
            "split": SHARES[0] <= self.split.share <= SHARES[1]
            and bool(self.split.column) == needs_column,
            "shards": 1 <= self.shards <= MOST_SHARDS,
            "candidates": 1 <= self.candidates <= MOST_CANDIDATES,
            "threads": 1 <= self.threads <= MOST_THREADS,
            "seed": 0 <= self.seed < 2**31,
            "settings": set(self.settings) <= SETTINGS[self.family],
            **self._parts_of_words(),
        }

    def _parts_of_words(self) -> dict[str, bool]:
        if self.family != Family.WORDS:
            return {"words": not self.words, "epsilon": not self.epsilon}
        words = [word for line in self.lines for word in line]
        return {
            "words": 1 <= len(self.words) <= MOST_LINES
            and all(self.lines)
            and len(words) <= MOST_WORDS
            and len(set(words)) == len(words)
            and max(map(len, words)) <= LONGEST_WORD,
            "epsilon": EPSILONS[0] <= self.epsilon <= EPSILONS[1],
            "labels": 2 <= len(self.labels) <= MOST_LABELS
            and len(set(self.labels)) == len(self.labels),
            "candidates": self.candidates == 1,
        }

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Return the declared words of each line."""
        return tuple(tuple(line.split()) for line in self.words)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that training reads, each once."""
        named = (self.target, *(one.name for one in self.features), self.split.column, *self.by)
        return tuple(dict.fromkeys(name for name in named if name))

    def names_of(self, kind: Kind) -> list[str]:
        """Return the features that are read as a kind, in their order."""
        return [one.name for one in self.features if one.kind == kind]

    def resolved(self, labels: tuple[str, ...], cut: float | None) -> Declaration:
        """Return it with what was found from the data stated, so that it stays when rows go."""
        return replace(self, labels=labels, split=replace(self.split, cut=cut))

    def as_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what is declared."""
        written = json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Declaration:
        """Read what `as_dict` wrote.

        Raises:
            TrainingError: `bad-declaration`.
        """
        try:
            values = dict(given)
            values["features"] = tuple(
                Feature(str(one["name"]), Kind(one["kind"])) for one in values["features"]
            )
            values["family"] = Family(values["family"])
            values["metric"] = Metric(values.get("metric", Metric.MACRO_F1))
            split = dict(values.get("split", {}))
            values["split"] = Split(**{**split, "kind": SplitKind(split.get("kind", "random"))})
            for name in ("labels", "by", "words"):
                values[name] = tuple(map(str, values.get(name, ())))
            return cls(**values)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise TrainingError("bad-declaration", part=str(error)[:80]) from error


OF_TEXTS = frozenset({Family.TEXT, Family.WORDS})
"""The families that take one text."""
SETTINGS: Mapping[Family, frozenset[str]] = {
    Family.LINEAR: frozenset({"C"}),
    Family.BOOSTING: frozenset(
        {"learning_rate", "max_iter", "max_leaf_nodes", "min_samples_leaf", "l2_regularization"}
    ),
    Family.TEXT: frozenset({"C", "longest", "most_features"}),
    Family.WORDS: frozenset(),
}
"""What of each family can be set."""
CANDIDATES: Mapping[Family, tuple[Mapping[str, float], ...]] = {
    Family.LINEAR: tuple({"C": value} for value in (0.1, 0.01, 1.0, 0.001, 10.0, 0.03)),
    Family.BOOSTING: tuple(
        {
            "learning_rate": rate,
            "max_iter": rounds,
            "max_leaf_nodes": leaves,
            "min_samples_leaf": least,
            "l2_regularization": 1.0,
        }
        for rate, rounds, leaves, least in (
            (0.1, 30, 4, 80),
            (0.1, 60, 4, 80),
            (0.1, 40, 7, 60),
            (0.1, 60, 15, 40),
            (0.1, 100, 31, 20),
            (0.05, 200, 31, 20),
        )
    ),
    Family.TEXT: tuple(
        {"C": strength, "longest": longest, "most_features": 3000}
        for strength, longest in ((0.3, 2), (1.0, 2), (0.1, 2), (0.3, 3), (1.0, 3), (0.1, 1))
    ),
    Family.WORDS: ({},),
}
"""What is tried, in this order, as far as the budget goes; what keeps least of each row first."""
