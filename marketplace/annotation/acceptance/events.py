"""What is decided on batches."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class BatchInspected(Fact):
    """A sample of a batch was looked at, and the rule decided on all of it."""

    kind = "annotation.batch_inspected"
    label = _("Batch of items inspected")
    round: int
    lot: int
    sampled: int
    wrong: int
    outcome: str
