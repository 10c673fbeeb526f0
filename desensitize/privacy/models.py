"""Privacy models: what each class of rows that look alike must reach."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType
from typing import Any

from desensitize.errors import DesensitizeError, nearest

DIVERSITY_KINDS = ("distinct", "entropy", "recursive")
CLOSENESS_KINDS = ("equal", "ordered")


@dataclass(frozen=True)
class Diversity:
    """Ask for l-diversity of a sensitive column (Machanavajjhala et al., 2007).

    `distinct`: at least `least` different values in each class. `entropy`: an entropy of at least
    log(`least`). `recursive`: the commonest value has less than `constant` times the rows that are
    left when the `least` − 1 commonest values are taken away; `least` is a whole number then.

    Raises:
        DesensitizeError: `bad-diversity`.
    """

    least: float
    kind: str = "distinct"
    constant: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in DIVERSITY_KINDS:
            raise DesensitizeError(
                "unknown-model", name=self.kind, nearest=nearest(str(self.kind), DIVERSITY_KINDS)
            )
        whole = self.kind == "entropy" or float(self.least).is_integer()
        if not (_number(self.least) and self.least >= 1 and whole):
            raise DesensitizeError("bad-diversity")
        if not (_number(self.constant) and self.constant > 0):
            raise DesensitizeError("bad-diversity")

    def as_dict(self) -> dict[str, Any]:
        """Return the model as plain values."""
        plain: dict[str, Any] = {"least": self.least, "kind": self.kind}
        return plain | ({"constant": self.constant} if self.kind == "recursive" else {})


@dataclass(frozen=True)
class Closeness:
    """Ask for t-closeness of a sensitive column (Li, Li and Venkatasubramanian, 2007).

    The values of each class lie at most `most` (0 to 1) from those of the whole published table by
    the earth mover's distance: with `equal` all different values are equally far, with `ordered`
    values are as far as there are others between them.

    Raises:
        DesensitizeError: `bad-closeness`.
    """

    most: float
    kind: str = "equal"

    def __post_init__(self) -> None:
        if self.kind not in CLOSENESS_KINDS:
            raise DesensitizeError(
                "unknown-model", name=self.kind, nearest=nearest(str(self.kind), CLOSENESS_KINDS)
            )
        if not (_number(self.most) and 0 <= self.most <= 1):
            raise DesensitizeError("bad-closeness")

    def as_dict(self) -> dict[str, Any]:
        """Return the model as plain values."""
        return {"most": self.most, "kind": self.kind}


@dataclass(frozen=True)
class Presence:
    """Ask for δ-presence (Nergiz, Atzori and Clifton, 2007).

    Of the persons of the population who fit a published class, between `low` and `high` (shares
    from 0 to 1) are in the table.

    Raises:
        DesensitizeError: `bad-presence`.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not (_number(self.low) and _number(self.high) and 0 <= self.low <= self.high <= 1):
            raise DesensitizeError("bad-presence")


@dataclass(frozen=True)
class Requirements:
    """Hold everything that each published class must reach.

    `smallest_class` is k. `diversity` and `closeness` go by sensitive column. `population_class`
    (k-map; Sweeney, 2002) is the fewest persons of the population who must fit each class.

    Raises:
        DesensitizeError: `bad-smallest-class`.
    """

    smallest_class: int = 5
    diversity: Mapping[str, Diversity] = field(default_factory=lambda: MappingProxyType({}))
    closeness: Mapping[str, Closeness] = field(default_factory=lambda: MappingProxyType({}))
    population_class: int = 0
    presence: Presence | None = None

    def __post_init__(self) -> None:
        for size, least in ((self.smallest_class, 1), (self.population_class, 0)):
            if isinstance(size, bool) or not isinstance(size, int) or size < least:
                raise DesensitizeError("bad-smallest-class")

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Name the sensitive columns that are looked at, each once."""
        return tuple(dict.fromkeys((*self.diversity, *self.closeness)))

    @property
    def needs_population(self) -> bool:
        """Return whether a population must be given."""
        return self.population_class > 0 or self.presence is not None

    @property
    def fewest_rows(self) -> int:
        """Return how many rows every class needs at least, whatever its values."""
        least = max((model.least for model in self.diversity.values()), default=1)
        return max(self.smallest_class, int(least))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
