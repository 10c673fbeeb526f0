"""What one column holds, told without giving away personal values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from desensitize.profile.histogram import OTHERS

# A value that fewer rows share points to somebody who has it.
LEAST_SHARED = 5


@dataclass(frozen=True)
class ColumnProfile:
    """Describe one column.

    `unknown` counts the cells of a text that are filled with a code for what is not known, as “?”.
    `dtype` is text, integer, decimal, float, boolean, date, datetime or time. `distinct` counts
    different values without null. `minimum` and `maximum` are texts, and None where they would
    show an identifier. `histogram` holds (label, count) pairs, or nothing when the values look
    unique to persons. The profile knows no roles: show only what `shown` leaves of it.
    """

    name: str
    dtype: str
    rows: int
    nulls: int
    distinct: int
    minimum: str | None
    maximum: str | None
    histogram: tuple[tuple[str, int], ...]
    unknown: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the profile as plain values that JSON can hold."""
        answer = asdict(self)
        answer["histogram"] = [[label, count] for label, count in self.histogram]
        return answer

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "ColumnProfile":
        """Read what `as_dict` wrote."""
        bins = tuple((str(label), int(count)) for label, count in document["histogram"])
        return cls(**{**document, "histogram": bins})

    def shown(self, role: str) -> "ColumnProfile":
        """Return what somebody who may not see the rows may see of a column with this role.

        Of a direct identifier that is counts alone. Of what else is about persons, and of texts,
        which nobody may have recognized, it is what many rows share: the ends of a range are the
        values of single persons, and rarer values are counted together.
        """
        if role == "direct":
            return replace(self, minimum=None, maximum=None, histogram=())
        if role == "other" and self.dtype != "text":
            return self
        return replace(self, minimum=None, maximum=None, histogram=_of_many(self.histogram))


def _of_many(histogram: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    shown = [
        (label, count)
        for label, count in histogram
        if label != OTHERS and (count >= LEAST_SHARED or not count)
    ]
    rest = sum(count for _, count in histogram) - sum(count for _, count in shown)
    return (*shown, (OTHERS, rest)) if rest else tuple(shown)
