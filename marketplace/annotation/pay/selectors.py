"""Read what labels cost, and what annotators' organizations were paid."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.annotation.batch.models import Annotator, Task
from marketplace.annotation.batch.selectors import of_annotator
from marketplace.annotation.batch.states import UNDECIDED
from marketplace.annotation.pay.models import LabelPay
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.states import ProjectState
from marketplace.core import Actor
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
    paid = LabelPay.objects.filter(batch__annotator__project=project)
    return Funds(
        account.balance if account else NOTHING,
        project.price * items,
        paid.aggregate(sum=Sum("amount"))["sum"] or NOTHING,
    )


def pay_visible_to(by: Actor) -> QuerySet[Annotator]:
    """Return the annotators who were paid for, one a line, with how much.

    The centre's staff sees all; officers and owners of a service organization their own people;
    those of the data's owner who labelled for them, by pseudonym; an annotator themself.
    """
    paid = Annotator.objects.filter(batches__pay__isnull=False).select_related(
        "project", "organization"
    )
    rows = paid.annotate(
        paid_batches=Count("batches__pay"),
        paid_items=Sum("batches__pay__items"),
        paid_amount=Sum("batches__pay__amount"),
    )
    if is_centre_staff(by):
        return rows
    seen = of_annotator(by, "")
    if by.organization_id is not None and by.has(Role.OWNER, Role.OFFICER, Role.FINANCE):
        seen |= Q(organization_id=by.organization_id)
        seen |= Q(project__organization_id=by.organization_id)
    return rows.filter(seen)
