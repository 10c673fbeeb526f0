"""What one column holds, told without giving away personal values."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ColumnProfile:
    """Describe one column.

    `dtype` is text, integer, decimal, float, boolean, date, datetime or time. `distinct` counts
    different values without null. `minimum` and `maximum` are texts, and None where they would
    show an identifier. `histogram` holds (label, count) pairs, or nothing when the values look
    unique to persons.
    """

    name: str
    dtype: str
    rows: int
    nulls: int
    distinct: int
    minimum: str | None
    maximum: str | None
    histogram: tuple[tuple[str, int], ...]

    def as_dict(self) -> dict[str, Any]:
        """Answer the profile as plain values that JSON can hold."""
        answer = asdict(self)
        answer["histogram"] = [[label, count] for label, count in self.histogram]
        return answer
