"""Why a verdict is taken back."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class RecallCause(TextChoices):
    """Why the centre took a verdict back that it had signed."""

    REIDENTIFIED = "reidentified", _("A person was found in the data")
    COMPOSITION = "composition", _("Joined with another release it shows persons")
    STRICTER = "stricter", _("It does not keep to the centre's stricter limits")
    PERSON = "person", _("A person objected or withdrew consent")
