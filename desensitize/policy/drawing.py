"""What a policy asks where a synthetic copy goes out in place of masked rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from desensitize.errors import DesensitizeError


@dataclass(frozen=True)
class Drawing:
    """Ask for rows of nobody, drawn under (ε, δ)-differential privacy.

    `epsilon` and `delta` are decimals as text. `domains` has for each column that is drawn what
    `desensitize.privacy.synthetic.read_domains` reads, known without looking at the table. `rows`
    of None gives about as many as the table has. A person counts with `person_rows` rows at most.

    Raises:
        DesensitizeError: `bad-privacy-budget`, `copy-needs-delta` or `bad-policy`.
    """

    epsilon: str
    delta: str
    domains: Mapping[str, Any] = field(default_factory=dict)
    rows: int | None = None
    person_rows: int = 1

    def __post_init__(self) -> None:
        if not _above_nothing(self.epsilon):
            raise DesensitizeError("bad-privacy-budget")
        if not _above_nothing(self.delta) or Decimal(self.delta) >= 1:
            raise DesensitizeError("copy-needs-delta")
        counts = [self.person_rows] if self.rows is None else [self.rows, self.person_rows]
        for count in counts:
            if isinstance(count, bool) or not isinstance(count, int) or count < 1:
                raise DesensitizeError("bad-policy", reason="a number of rows is none")
        if not isinstance(self.domains, Mapping) or not self.domains:
            raise DesensitizeError("bad-policy", reason="a synthetic copy has no domains")

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "epsilon": self.epsilon,
            "delta": self.delta,
            **({} if self.rows is None else {"rows": self.rows}),
            "person_rows": self.person_rows,
            "domains": {name: dict(one) for name, one in self.domains.items()},
        }

    @classmethod
    def from_dict(cls, given: Any) -> "Drawing":
        """Read what `to_dict` wrote.

        Raises:
            TypeError, ValueError: it has another form.
            DesensitizeError: the amounts make no sense.
        """
        settings = dict(given)
        return cls(
            epsilon=str(settings.pop("epsilon", "")),
            delta=str(settings.pop("delta", "")),
            **settings,
        )


def _above_nothing(text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and number > 0
