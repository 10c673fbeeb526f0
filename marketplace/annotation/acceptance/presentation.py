"""What was found of a batch, in words."""

from django.utils.translation import gettext as _

from marketplace.annotation.acceptance.models import Inspection


def why_returned(found: Inspection) -> str:
    """Say why a batch is to be labelled again."""
    return _(
        "Round %(round)s: of the labels that were looked at, those of these items are wrong: "
        "%(places)s. Look at all items again, not at these alone."
    ) % {"round": found.round, "places": ", ".join(map(str, found.wrong))}
