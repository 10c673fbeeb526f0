"""In which cases an impact is assessed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class ImpactCase(TextChoices):
    """The cases of article 55 of the Personal Information Protection Law."""

    SENSITIVE = "sensitive", _("Sensitive personal information is processed")
    AUTOMATED = "automated", _("Automated decisions may be made with it")
    HANDED_ON = "handed_on", _("It is handed to others, or made public")
    ABROAD = "abroad", _("It is provided abroad")
    GREAT = "great", _("Otherwise it may affect persons greatly")
