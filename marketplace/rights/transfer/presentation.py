"""What pages tell of a transfer, in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.rights.claim.models import Claim


def transfer_facts(claim: Claim) -> list[tuple[str, object]]:
    """Return who passes rights, how far and by which contract; nothing of other claims."""
    if claim.preceding is None or claim.transferor is None:
        return []
    joined = date_format(timezone.localtime(claim.joined_at)) if claim.joined_at else ""
    return [
        (_("Holder who transfers"), claim.transferor.name),
        (_("Certificate that passes"), claim.preceding.number),
        (_("Limits of the transfer"), claim.limits or _("none: the rights pass wholly")),
        (_("Contract"), _contract(claim)),
        (_("Joined by the acquirer"), joined or _("not joined yet")),
    ]


def _contract(claim: Claim) -> str:
    if claim.reference.startswith("order:"):
        return _("an order at this centre")
    return claim.reference or _("see the evidence")
