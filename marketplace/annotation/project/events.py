from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class LabellingOpened(
    Fact, kind="annotation.labelling_opened", label=_("Labelling project opened")
):
    """An officer opened a labelling project over a masked version, whose digest is told."""

    sha256: str


class LabellingEdited(
    Fact, kind="annotation.labelling_edited", label=_("Labelling project changed")
):
    """The plan of a labelling project was changed while it was a draft."""

    plan_sha256: str


class GuidelineWritten(
    Fact, kind="annotation.guideline_written", label=_("Labelling guideline written")
):
    """A new edition of the guideline of a labelling project was written."""

    number: int
    text_sha256: str


class GoldSet(Fact, kind="annotation.gold_set", label=_("Gold item set")):
    """An officer said what the right label of an item is; annotators are measured by it."""

    row: int
    answer_sha256: str


class LabellingPublished(
    Fact, kind="annotation.labelling_published", label=_("Labelling opened to annotators")
):
    """A labelling project was opened to annotators, for the first time or again."""

    items: int


class LabellingPaused(Fact, kind="annotation.labelling_paused", label=_("Labelling paused")):
    """Nobody labels in a project until it is opened again."""
