"""What annotators do. Facts of theirs name no dataset and no owner."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class BatchTaken(Fact):
    """An annotator took a batch of items."""

    kind = "annotation.batch_taken"
    label = _("Batch of items taken")
    number: int
    items: int
    is_qualification: bool


@dataclass(frozen=True, kw_only=True)
class LabelGiven(Fact):
    """An annotator labelled an item, or skipped it; the digest is that of what they said."""

    kind = "annotation.label_given"
    label = _("Item labelled")
    in_timelines = False
    answer_sha256: str
    is_skipped: bool


@dataclass(frozen=True, kw_only=True)
class ItemsTakenAway(Fact):
    """An annotator saved the items of their batch, to label them in another program."""

    kind = "annotation.items_taken_away"
    label = _("Items of a batch saved")
    items: int


@dataclass(frozen=True, kw_only=True)
class LabelsTakenIn(Fact):
    """An annotator brought labels of their batch from another program; the digest is of them."""

    kind = "annotation.labels_taken_in"
    label = _("Labels of a batch taken in")
    labels: int
    labels_sha256: str


@dataclass(frozen=True, kw_only=True)
class BatchLapsed(Fact):
    """Nobody went on with a batch: its items went back, and what was said of them is kept."""

    kind = "annotation.batch_lapsed"
    label = _("Batch of items given back")
    items: int
    labelled: int


@dataclass(frozen=True, kw_only=True)
class BatchCalledIn(Fact):
    """A project is closed: what was labelled in a batch under way was handed in as it is."""

    kind = "annotation.batch_called_in"
    label = _("Batch of items handed in as it is")
    labelled: int
    left: int


@dataclass(frozen=True, kw_only=True)
class BatchResumed(Fact):
    """An annotator went on with a batch that had been given back, with the items still free."""

    kind = "annotation.batch_resumed"
    label = _("Batch of items taken again")
    items: int
    lost: int


@dataclass(frozen=True, kw_only=True)
class BatchHandedIn(Fact):
    """An annotator handed a batch in; the digest is that of all its labels in their order."""

    kind = "annotation.batch_handed_in"
    label = _("Batch of items handed in")
    labelled: int
    skipped: int
    labels_sha256: str
