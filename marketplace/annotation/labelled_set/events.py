"""What is made of accepted labels."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LabelledSetMade(Fact):
    """Accepted labels became a dataset; the digest is that of its table."""

    kind = "annotation.labelled_set_made"
    label = _("Labelled set made")
    items: int
    sha256: str
    cost: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class LabelsTakenOut(Fact):
    """An officer took a labelled set out in a format; the digest is that of the file."""

    kind = "annotation.labels_taken_out"
    label = _("Labelled set taken out")
    format: str
    items: int
    sha256: str
