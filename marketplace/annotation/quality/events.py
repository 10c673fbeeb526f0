"""What is found of labels."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class LabelsCompared(Fact, kind="annotation.labels_compared", label=_("Labels compared")):
    """The labels of a project were compared with what texts alike are labelled."""

    items: int
    found: int
    labels_sha256: str
