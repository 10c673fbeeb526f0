"""Why a buyer owes a statement of deletion, and for which data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeletionCause(TextChoices):
    """Why every copy of bought data is to be deleted."""

    RECALLED = "recalled", _("The verdict on the data was recalled")
    TERMINATED = "terminated", _("The contract was terminated")
    EXPIRED = "expired", _("The licence ran out")
