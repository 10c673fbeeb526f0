"""The money of a project: what is set aside, and what its batches may cost and did."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.states import UNDECIDED
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.states import ProjectState
from marketplace.trading.books.account.models import Account, AccountKind

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Funds:
    """The money of a project: what is held, what batches under way may cost, what was paid."""

    held: Decimal
    promised: Decimal
    paid: Decimal

    @property
    def free(self) -> Decimal:
        """Return what further batches may cost."""
        return self.held - self.promised


def funds_of(project: LabellingProject) -> Funds:
    """Count the money of a project.

    The items of a batch under way are promised until decided, or until it lapses as the project is
    closed.
    """
    account = Account.objects.filter(kind=AccountKind.HELD, held_for=project.pk).first()
    under_way = Task.objects.filter(
        annotator__project=project,
        batch__is_qualification=False,
        is_lost=False,
        batch__state__in=UNDECIDED,
    )
    items = 0 if project.state == ProjectState.CLOSED else under_way.count()
    batches = Batch.objects.filter(annotator__project=project)
    return Funds(
        account.balance if account else NOTHING,
        project.price * items,
        batches.aggregate(sum=Sum("pay__amount"))["sum"] or NOTHING,
    )
