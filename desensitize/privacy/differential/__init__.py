"""Differential privacy: noisy figures, and a ledger of what they have spent."""

from desensitize.privacy.differential.budget import Budget
from desensitize.privacy.differential.contributions import Contribution
from desensitize.privacy.differential.counts import private_counts, private_histogram
from desensitize.privacy.differential.ledger import BudgetLedger
from desensitize.privacy.differential.spending import Spending
from desensitize.privacy.differential.totals import private_means, private_sums

__all__ = [
    "Budget",
    "BudgetLedger",
    "Contribution",
    "Spending",
    "private_counts",
    "private_histogram",
    "private_means",
    "private_sums",
]
