"""How rows on offer are read to be measured.

Pages read it too, which do without the libraries of training.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

NEIGHBOURS = 50
PARTS = 10, 100
ROWS_OF_A_PART = 100
LEAST_OFFERED = PARTS[0] * ROWS_OF_A_PART // 2
"""Of fewer rows on offer the noise would leave nothing to read."""


@dataclass(frozen=True)
class Offered:
    """How rows on offer are read: whom a row belongs to, and from which source it came.

    `rows` of one person are looked at for the nearest at most. Of the rows of a source that is not
    among `sources` none is; without any, all rows are of one source. `count` is how many rows are
    on offer, as anybody can read there.
    """

    count: int
    person: str = ""
    rows: int = 1
    source: str = ""
    sources: tuple[str, ...] = ()

    @property
    def parts(self) -> int:
        """Return into how many parts the persons fall."""
        return max(PARTS[0], min(PARTS[1], self.count // ROWS_OF_A_PART))

    @property
    def named(self) -> tuple[str, ...]:
        """Return the sources, at least one."""
        return self.sources or ("",)

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "sources": list(self.sources)}

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Offered:
        return cls(**{**given, "sources": tuple(given["sources"])})
