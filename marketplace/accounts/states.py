from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine


class OrganizationState(TextChoices):
    PENDING = "pending", _("Waiting for verification")
    VERIFIED = "verified", _("Verified")
    REFUSED = "refused", _("Refused")
    SUSPENDED = "suspended", _("Suspended")


class InvitationState(TextChoices):
    """How an invitation stands, as its dates tell."""

    WAITING = "waiting", _("About to be sent")
    SENT = "sent", _("Sent")
    UNDELIVERED = "undelivered", _("The e-mail could not be sent")
    ACCEPTED = "accepted", _("Joined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


ORGANIZATION: StateMachine[OrganizationState] = StateMachine(
    "organization",
    OrganizationState,
    {
        OrganizationState.PENDING: {OrganizationState.VERIFIED, OrganizationState.REFUSED},
        OrganizationState.VERIFIED: {OrganizationState.SUSPENDED},
        OrganizationState.REFUSED: {OrganizationState.PENDING},
        OrganizationState.SUSPENDED: {OrganizationState.VERIFIED},
    },
)
