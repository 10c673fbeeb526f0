"""Read what labels cost, and what annotators' organizations were paid."""

from django.db.models import Count, Q, QuerySet, Sum

from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.annotation.batch.models import Annotator
from marketplace.annotation.batch.selectors import of_annotator
from marketplace.core import Actor


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
