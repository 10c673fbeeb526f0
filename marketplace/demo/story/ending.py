"""In the end the ledger is sealed and verified."""

from django.utils.translation import gettext as _

from marketplace.demo.story.stage import Glimpse, Stage, StoryBroken
from marketplace.ledger.selectors import unsealed_count
from marketplace.ledger.services.verification import Verification, verify_ledger


def verify(stage: Stage) -> Verification:
    """Wait until every entry is sealed, and recompute the whole ledger.

    Raises:
        StoryBroken: something in it was altered.
    """
    stage.hands.work_until(
        lambda: Glimpse(0.0, _("Waiting for the seal"), is_over=unsealed_count() == 0)
    )
    found = verify_ledger()
    if found.faults:
        raise StoryBroken(_("The ledger is not whole. %(fault)s") % {"fault": found.faults[0]})
    return found
