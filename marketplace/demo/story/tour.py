"""What to open first, in which role, and what is seen there."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.demo.story.cast import (
    ADMINISTRATOR,
    ANNOTATOR,
    AUDITOR,
    BUYER,
    OFFICER,
    REVIEWER,
    TREASURER,
    Part,
)

TOUR: Final[tuple[tuple[Part, str | Promise], ...]] = (
    (BUYER, _("a contract to sign, a remedy to answer, and under My data the survey")),
    (OFFICER, _("an order to answer, and the survey with its risk report, value and gate")),
    (REVIEWER, _("a case of content, an offer to publish, and a dispute to mediate")),
    (TREASURER, _("payments that are open, in part, or name nothing; under Money a closed year")),
    (ADMINISTRATOR, _("an organization to verify, and under Organizations all the others")),
    (ANNOTATOR, _("a batch of citizens' messages to label, and what was paid for others")),
    (AUDITOR, _("everybody's orders and the ledger, and no button that changes one")),
)
"""In this order; each begins at the desk."""
