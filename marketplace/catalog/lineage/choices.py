"""From what data can be made."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OriginKind(TextChoices):
    OWN = "own", _("Another dataset of the organization")
    BOUGHT = "bought", _("Data bought here")
    ELSEWHERE = "elsewhere", _("Data from elsewhere")
