"""Why data may not be trained on, or a model not be used."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api("ModelTrouble")
class Trouble(TextChoices):
    """What is wrong with what a model rests on."""

    RIGHT = "right-missing", _("There is no certified right over the data")
    FROZEN = "right-frozen", _("The right over the data is frozen")
    EXPIRED = "right-expired", _("The right over the data is not in date")
    ROWS = "rows-withdrawn", _("Persons withdrew rows that it was trained on")
    VERDICT = "verdict-missing", _("No verdict in force lets the data out")
    RETIRED = "dataset-retired", _("The dataset is out of use")
    UPSTREAM = "upstream", _("What the data was made from may not be used")
