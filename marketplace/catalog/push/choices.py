"""What is sent, and what becomes of what was there before."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class PushKind(TextChoices):
    ROWS = "rows", _("Rows")
    FILE = "file", _("A file")


@named_in_api()
class PushMode(TextChoices):
    """What becomes of the rows of before."""

    WHOLE = "whole", _("The whole table")
    CHANGES = "changes", _("Rows to put in or delete, by key")


class RowAct(TextChoices):
    PUT = "put", _("Put in, in place of the row that has their key")
    DELETE = "delete", _("Delete, by their key")
