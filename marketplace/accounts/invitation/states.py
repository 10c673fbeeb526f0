from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InvitationState(TextChoices):
    """How an invitation stands, as its dates tell."""

    WAITING = "waiting", _("About to be sent")
    SENT = "sent", _("Sent")
    UNDELIVERED = "undelivered", _("The e-mail could not be sent")
    ACCEPTED = "accepted", _("Joined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
