"""What is found of labels."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LabelsCompared(Fact):
    """The labels of a project were compared with what texts alike are labelled."""

    kind = "annotation.labels_compared"
    label = _("Labels compared")
    items: int
    found: int
    labels_sha256: str
