from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import Organization
from marketplace.core import Actor, NotAllowed, WrongState, clock, locked
from marketplace.core.months import months_after
from marketplace.credentials.models import CredentialKind
from marketplace.credentials.presentation import name_values
from marketplace.credentials.services import issue_credential, next_number
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import given_revisions, grants_visible_to
from marketplace.delivery.use.selectors import metered, usage_of
from marketplace.trading.listings.mode.modes import modes_to_choose
from marketplace.trading.orders.order.states import OrderState

name_values("delivery", modes_to_choose())
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
    first = given_revisions(grant).last()
    assert first is not None, "it is made with the grant"
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
            "sha256": first.sha256,
            "bytes": first.size,
            "delivery": grant.mode,
            "projection": grant.projection if first.copy is None else first.copy.projection,
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
