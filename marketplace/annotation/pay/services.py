"""A finance officer of the data's owner sets money aside for a labelling project."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation.pay.events import LabellingFunded
from marketplace.annotation.pay.models import Funding
from marketplace.annotation.pay.paying import set_aside
from marketplace.annotation.pay.rules import check_fund_labelling
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.core import Actor, Invalid, locked, to_cents
from marketplace.core.arguments import Number, RequestKey
from marketplace.core.request_keys import key_faults
from marketplace.ledger.services.recording import record

LARGEST_AMOUNT = Decimal("9999999999.99")
Amount = Annotated[
    Decimal,
    Number(
        label=gettext_lazy("Amount"),
        help=gettext_lazy("Out of what your organization earned by sales and was not paid out."),
        digits=18,
        places=2,
        least=Decimal(0),
    ),
]


@transaction.atomic
def fund_labelling(
    project_id: UUID, *, amount: Amount, request_key: Annotated[str, RequestKey()], by: Actor
) -> LabellingProject:
    """Set aside for a labelling project a part of what the data's owner earned by sales.

    It pays for accepted items; what is not spent goes back when the project is closed. The same
    request key again changes nothing.

    Raises:
        NotFound: there is no such project among those the actor may see.
        NotAllowed: the actor is no finance officer of the data's owner.
        WrongState: the project is closed, or the account does not hold so much (`balance-too-low`).
        Invalid: the amount is no amount above zero, or there is no request key.
    """
    project = locked(labellings_visible_to(by), pk=project_id)
    person_id = check_fund_labelling(project, by)
    fields: dict[str, list[str]] = {}
    if not (amount.is_finite() and 0 < amount <= LARGEST_AMOUNT and amount == to_cents(amount)):
        fields["amount"] = [_("Give an amount above zero with at most two decimal places.")]
    fields |= key_faults(request_key)
    if fields:
        raise Invalid(_("The amount needs corrections. See the fields."), fields=fields)
    if Funding.objects.filter(project=project, request_key=request_key).exists():
        return project
    funding = Funding.objects.create(
        project=project,
        amount=amount,
        request_key=request_key,
        funded_by_id=person_id,
    )
    set_aside(funding)
    record(
        LabellingFunded(
            subject=project.subject,
            about=project.concerns,
            amount=str(amount),
            currency=project.currency,
        ),
        by=by,
    )
    return project
