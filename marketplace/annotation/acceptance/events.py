"""What is decided on batches."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class BatchInspected(Fact, kind="annotation.batch_inspected", label=_("Batch of items inspected")):
    """A sample of a batch was looked at, and the rule decided on all of it."""

    round: int
    lot: int
    sampled: int
    wrong: int
    outcome: str
