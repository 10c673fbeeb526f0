"""What a label says of an item."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LabelKind(TextChoices):
    ONE = "one", _("One class")
    SEVERAL = "several", _("One or several classes")
    SPANS = "spans", _("Spans in text")
    TEXT = "text", _("Free answer")
    FIELDS = "fields", _("Corrected columns")


WITHOUT_CLASSES = (LabelKind.TEXT, LabelKind.FIELDS)
"""What is asked in words of the annotator's own."""
