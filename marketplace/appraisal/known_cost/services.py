"""What was paid for data is noted, so that its valuations begin with it."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.appraisal.known_cost.choices import KnownCostKind
from marketplace.appraisal.known_cost.events import CostNoted
from marketplace.appraisal.known_cost.models import KnownCost
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, NotAllowed, locked
from marketplace.ledger.services.recording import record


@transaction.atomic
def note_cost(
    dataset_id: UUID,
    *,
    reference: str,
    units: int,
    amount: Decimal,
    currency: str,
    by: Actor,
) -> KnownCost | None:
    """Note what was paid for the labels of data; None where it was nothing. Again changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
        NotFound: there is no such dataset.
    """
    if not by.is_system:
        raise NotAllowed(_("Costs are noted by themselves, once they are paid."))
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    known = KnownCost.objects.filter(reference=reference).first()
    if known is not None or amount <= 0:
        return known
    noted = KnownCost.objects.create(
        dataset=dataset,
        kind=KnownCostKind.LABELLING,
        units=units,
        amount=amount,
        currency=currency,
        reference=reference,
    )
    record(
        CostNoted(
            subject=f"dataset:{dataset.pk}",
            about=(f"organization:{dataset.organization_id}",),
            paid_for=noted.kind,
            amount=str(amount),
            currency=currency,
        ),
        by=by,
    )
    return noted
