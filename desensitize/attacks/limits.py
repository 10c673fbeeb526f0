"""The limits that a release must keep to be called anonymous."""

from dataclasses import asdict, dataclass

from desensitize.errors import DesensitizeError


@dataclass(frozen=True)
class Limits:
    """Hold the limits; the defaults are those of the sources that stand beside them.

    Raises:
        DesensitizeError: `bad-limits`.
    """

    k: int = 5
    """Rows that no one tells apart (GB/T 42460-2023; Samarati & Sweeney, 1998); persons, where the
    column of persons is known."""
    unique: float = 0.01
    """Share of rows that all columns together may single out."""
    below_k: float = 0.05
    """Share of rows that all columns together may leave among fewer than k."""
    excess: float = 0.05
    """What the upper bound of an attacker's excess over guessing may reach."""
    certain: float = 0.05
    """Share of rows of which the value of a sensitive column may be certain."""
    certain_sensitive_personal: float = 0.0
    """The same for sensitive personal information (GB/T 45574-2025)."""

    def __post_init__(self) -> None:
        shares = {name: value for name, value in asdict(self).items() if name != "k"}
        if self.k < 2 or not all(0 <= share <= 1 for share in shares.values()):
            raise DesensitizeError("bad-limits")
