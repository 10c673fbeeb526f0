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


class Family(StrEnum):
    """How a model computes."""

    LINEAR = "linear"
    BOOSTING = "boosting"
    TEXT = "text"


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
    take the place of what is searched for.
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

    def __post_init__(self) -> None:
        for part, is_right in self._parts().items():
            if not is_right:
                raise TrainingError("bad-declaration", part=part)

    def _parts(self) -> dict[str, bool]:
        kinds = [one.kind for one in self.features]
        names = [one.name for one in self.features]
        is_text = self.family == Family.TEXT
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
        }

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
        """Return it as JSON can hold it."""
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
            for name in ("labels", "by"):
                values[name] = tuple(map(str, values.get(name, ())))
            return cls(**values)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise TrainingError("bad-declaration", part=str(error)[:80]) from error


SETTINGS: Mapping[Family, frozenset[str]] = {
    Family.LINEAR: frozenset({"C"}),
    Family.BOOSTING: frozenset(
        {"learning_rate", "max_iter", "max_leaf_nodes", "min_samples_leaf", "l2_regularization"}
    ),
    Family.TEXT: frozenset({"C", "longest", "most_features"}),
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
}
"""What is tried, in this order, as far as the budget goes; what keeps least of each row first."""
