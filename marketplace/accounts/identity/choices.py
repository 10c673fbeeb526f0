"""By which document somebody shows who they are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """An identity document; numbers of two kinds are never compared."""

    RESIDENT = "resident", _("Resident identity card")
    TRAVEL = "travel", _("Travel permit of Hong Kong, Macao or Taiwan")
    PASSPORT = "passport", _("Passport")
