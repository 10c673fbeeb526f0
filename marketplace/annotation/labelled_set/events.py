"""What is made of accepted labels."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class LabelledSetMade(Fact, kind="annotation.labelled_set_made", label=_("Labelled set made")):
    """Accepted labels became a dataset; the digest is that of its table."""

    items: int
    sha256: str
    cost: str
    currency: str


class LabelsTakenOut(Fact, kind="annotation.labels_taken_out", label=_("Labelled set taken out")):
    """An officer took a labelled set out in a format; the digest is that of the file."""

    format: str
    items: int
    sha256: str
