from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LabellingOpened(Fact):
    """An officer opened a labelling project over a masked version, whose digest is told."""

    kind = "annotation.labelling_opened"
    label = _("Labelling project opened")
    sha256: str


@dataclass(frozen=True, kw_only=True)
class LabellingEdited(Fact):
    """The plan of a labelling project was changed while it was a draft."""

    kind = "annotation.labelling_edited"
    label = _("Labelling project changed")
    plan_sha256: str


@dataclass(frozen=True, kw_only=True)
class GuidelineWritten(Fact):
    """A new edition of the guideline of a labelling project was written."""

    kind = "annotation.guideline_written"
    label = _("Labelling guideline written")
    number: int
    text_sha256: str


@dataclass(frozen=True, kw_only=True)
class GoldSet(Fact):
    """An officer said what the right label of an item is; annotators are measured by it."""

    kind = "annotation.gold_set"
    label = _("Gold item set")
    row: int
    answer_sha256: str


@dataclass(frozen=True, kw_only=True)
class LabellingPublished(Fact):
    """A labelling project was opened to annotators, for the first time or again."""

    kind = "annotation.labelling_published"
    label = _("Labelling opened to annotators")
    items: int


@dataclass(frozen=True, kw_only=True)
class LabellingPaused(Fact):
    """Nobody labels in a project until it is opened again."""

    kind = "annotation.labelling_paused"
    label = _("Labelling paused")


@dataclass(frozen=True, kw_only=True)
class LabellingEnding(Fact):
    """A project is being closed: what is labelled in batches under way was handed in as it is."""

    kind = "annotation.labelling_ending"
    label = _("Labelling is being closed")
    called_in: int


@dataclass(frozen=True, kw_only=True)
class LabellingClosed(Fact):
    """A labelling project was closed for good."""

    kind = "annotation.labelling_closed"
    label = _("Labelling closed")
