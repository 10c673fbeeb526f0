"""How often data is brought."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class Every(TextChoices):
    """The time from one arrival to the next."""

    DAY = "day", _("Every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")


class Held(TextChoices):
    """Why what arrived goes no further by itself."""

    COLUMNS = "columns-changed", _("Its columns are others than before")
    FORM = "form-differs", _("It is not the kind of data that was approved")
    FOUND = "class-found", _("Detectors find in a column what was not there before")
    RELABELLED = "relabelled", _("A column counts for less than was found: a reviewer decides anew")
    RECODING = "recoding", _("A value fits no label in force")
    REFUSED = "refused", _("It was refused on its way")
