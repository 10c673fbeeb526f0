"""The centre certifies a delivery, once its buyer has acknowledged it or let the term pass."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import Organization
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.core.months import months_after
from marketplace.credentials.models import CredentialKind
from marketplace.credentials.presentation import name_values
from marketplace.credentials.services import issue_credential, next_number
from marketplace.delivery.models import Grant
from marketplace.delivery.selectors import grants_visible_to, metered, usage_of
from marketplace.trading.listings.listing.models import DeliveryChoice
from marketplace.trading.orders.order.states import OrderState

name_values("delivery", DeliveryChoice.choices)
name_values(
    "acknowledged_by",
    [("buyer", gettext_lazy("the buyer")), ("silence", gettext_lazy("nobody, in the term"))],
)

NUMBER_PREFIX = "DC"
MONTHS_IN_DATE = 240
"""A certificate says what has happened, and is kept as long as the papers of a trade are."""


@transaction.atomic
def certify_delivery(grant_id: UUID, *, is_silent: bool, by: Actor) -> Grant:
    """Sign what was delivered to whom, and how it was acknowledged. Doing it again changes nothing.

    `is_silent` says that the term of acceptance passed without a word. The usage is that of the
    moment at which the certificate is made.

    Raises:
        NotFound: there is no such grant.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order's delivery is not accepted.
    """
    grant = locked(grants_visible_to(by), pk=grant_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software certifies a delivery."))
    if grant.certificate_id is not None:
        return grant
    order = grant.order
    if order.state != OrderState.COMPLETED or order.delivered_at is None:
        raise WrongState(_("A delivery is certified once it is accepted."))
    accepted_at = order.completed_at or clock.now()
    downloads, uses = usage_of(grant), metered(grant)
    grant.certificate = issue_credential(
        kind=CredentialKind.DELIVERY,
        subject=f"grant:{grant.pk}",
        number=next_number(NUMBER_PREFIX, on=clock.today()),
        claims={
            "order": f"order:{order.pk}",
            "contract_sha256": order.contract.digest,
            "seller": _party(grant.listing.organization),
            "buyer": _party(grant.organization),
            "sha256": grant.sha256,
            "bytes": grant.size,
            "delivery": grant.mode,
            "projection": grant.projection if grant.copy is None else grant.copy.projection,
            "delivered_at": order.delivered_at.isoformat(timespec="seconds"),
            "acknowledged_at": accepted_at.isoformat(timespec="seconds"),
            "acknowledged_by": "silence" if is_silent else "buyer",
            "downloads": downloads.requests,
            "requests_by_programs": uses.calls,
            "rows_to_programs": uses.rows,
        },
        valid_from=clock.today(),
        valid_until=months_after(clock.today(), MONTHS_IN_DATE),
        about=grant.concerns,
        by=by,
    )
    grant.save(update_fields=["certificate"])
    return grant


def _party(organization: Organization) -> dict[str, str]:
    return {"name": organization.name, "uscc": organization.uscc}
