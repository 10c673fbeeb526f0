"""What annotators do. Facts of theirs name no dataset and no owner."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class BatchTaken(Fact, kind="annotation.batch_taken", label=_("Batch of items taken")):
    """An annotator took a batch of items."""

    number: int
    items: int
    is_qualification: bool


class LabelGiven(Fact, kind="annotation.label_given", label=_("Item labelled"), in_timelines=False):
    """An annotator labelled an item, or skipped it; the digest is that of what they said."""

    answer_sha256: str
    is_skipped: bool


class ItemsTakenAway(Fact, kind="annotation.items_taken_away", label=_("Items of a batch saved")):
    """An annotator saved the items of their batch, to label them in another program."""

    items: int


class LabelsTakenIn(Fact, kind="annotation.labels_taken_in", label=_("Labels of a batch taken in")):
    """An annotator brought labels of their batch from another program; the digest is of them."""

    labels: int
    labels_sha256: str


class BatchLapsed(Fact, kind="annotation.batch_lapsed", label=_("Batch of items given back")):
    """Nobody went on with a batch: its items went back, and what was said of them is kept."""

    items: int
    labelled: int


class BatchCalledIn(
    Fact, kind="annotation.batch_called_in", label=_("Batch of items handed in as it is")
):
    """A project is closed: what was labelled in a batch under way was handed in as it is."""

    labelled: int
    left: int


class BatchResumed(Fact, kind="annotation.batch_resumed", label=_("Batch of items taken again")):
    """An annotator went on with a batch that had been given back, with the items still free."""

    items: int
    lost: int


class BatchHandedIn(Fact, kind="annotation.batch_handed_in", label=_("Batch of items handed in")):
    """An annotator handed a batch in; the digest is that of all its labels in their order."""

    labelled: int
    skipped: int
    labels_sha256: str
