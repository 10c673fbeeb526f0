"""What can be due."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DueKind(TextChoices):
    REPLY = "reply", _("Reply to a claim")
    SUPPLEMENT = "supplement", _("Complete a claim")
    DECISION = "decision", _("Decide on a claim")
    NOTIFY = "notify", _("Notify the holder of an objection")
    OBJECTION = "objection", _("Decide an objection")
    RENEWAL = "renewal", _("Ask for the renewal of a certificate")
