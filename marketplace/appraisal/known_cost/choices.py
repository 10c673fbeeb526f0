"""What data has cost."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KnownCostKind(TextChoices):
    LABELLING = "labelling", _("Labelling")
