"""What a remark can be about, and which remarks freeze."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class RemarkKind(TextChoices):
    """What the register remarks on a certificate (国数综政策〔2026〕35号, art. 23)."""

    AGREED_TERMS = "agreed_terms", _("Agreed term or condition")
    JUDICIAL_FREEZE = "judicial_freeze", _("Judicial freeze")
    ADMINISTRATIVE_CONTROL = "administrative_control", _("Administrative control")
    OTHER = "other", _("Other remark")


FREEZING = frozenset({RemarkKind.JUDICIAL_FREEZE.value, RemarkKind.ADMINISTRATIVE_CONTROL.value})
"""The remarks that take the right's use away, so that two people enter and lift them."""
