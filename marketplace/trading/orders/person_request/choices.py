"""What a person can ask."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class PersonRequestKind(TextChoices):
    """What a person asks (Personal Information Protection Law, articles 15 and 44 to 47)."""

    ACCESS = "access", _("What is held about me, and a copy of it")
    OBJECTION = "objection", _("I object: my rows leave the data")
    WITHDRAWAL = "withdrawal", _("I withdraw my consent: my rows leave the data")
