from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class LabellingEnding(
    Fact, kind="annotation.labelling_ending", label=_("Labelling is being closed")
):
    """A project is being closed: what is labelled in batches under way was handed in as it is."""

    called_in: int


class LabellingClosed(Fact, kind="annotation.labelling_closed", label=_("Labelling closed")):
    """A labelling project was closed for good."""
