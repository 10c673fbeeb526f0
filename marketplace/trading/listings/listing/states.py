from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class ListingState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for a second officer")
    RETURNED = "returned", _("Returned for correction")
    PUBLISHED = "published", _("On the market")
    SUSPENDED = "suspended", _("Trading suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn from the market")
    SUPERSEDED = "superseded", _("Replaced by a newer listing")


LISTING: StateMachine[ListingState] = StateMachine(
    "listing",
    ListingState,
    {
        ListingState.DRAFT: {ListingState.SUBMITTED, ListingState.WITHDRAWN},
        ListingState.SUBMITTED: {ListingState.PUBLISHED, ListingState.RETURNED},
        ListingState.RETURNED: {ListingState.SUBMITTED, ListingState.WITHDRAWN},
        ListingState.PUBLISHED: {
            ListingState.SUSPENDED,
            ListingState.WITHDRAWN,
            ListingState.SUPERSEDED,
        },
        ListingState.SUSPENDED: {
            ListingState.PUBLISHED,
            ListingState.WITHDRAWN,
            ListingState.SUPERSEDED,
        },
    },
)


OPEN_TO_CHANGE = (ListingState.DRAFT, ListingState.RETURNED)
"""The states of a listing whose seller can change what it says."""


IN_PREPARATION = (ListingState.DRAFT, ListingState.SUBMITTED, ListingState.RETURNED)
"""The states of a listing that was never on the market."""


ON_MARKET = (ListingState.PUBLISHED, ListingState.SUSPENDED)
"""The states of a listing that is on the market, or off it for the time being."""


OFF_MARKET = (ListingState.WITHDRAWN, ListingState.SUPERSEDED)
"""The states of a listing that left the market for good; what was ordered of it goes on."""
