"""Say who pays for a release: how much, from which ledger, and what one person can change."""

from dataclasses import dataclass, field

from desensitize.errors import DesensitizeError
from desensitize.privacy.differential.budget import Budget
from desensitize.privacy.differential.contributions import Contribution
from desensitize.privacy.differential.ledger import BudgetLedger


@dataclass(frozen=True)
class Spending:
    """Hold what one release costs and where that is written down.

    Raises:
        DesensitizeError: `bad-privacy-ledger` when the ledger counts per another unit.
    """

    budget: Budget
    ledger: BudgetLedger
    contribution: Contribution = field(default_factory=Contribution)

    def __post_init__(self) -> None:
        if self.ledger.unit != self.contribution.unit:
            raise DesensitizeError(
                "bad-privacy-ledger", reason="it was opened with another budget or unit"
            )

    @property
    def epsilon(self) -> float:
        """Return ε as a number."""
        return float(self.budget.epsilon)

    @property
    def rows(self) -> int:
        """Return how many rows one person can change."""
        return self.contribution.rows
