"""The rights that can be registered."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class Right(TextChoices):
    """What may be held over data: three rights, independent and divisible."""

    HOLD = "hold", _("Right to hold")
    USE = "use", _("Right to use")
    OPERATE = "operate", _("Right to operate")
