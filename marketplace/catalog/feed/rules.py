from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import check_owner
from marketplace.catalog.feed.selectors import feed_of
from marketplace.core import Actor, Allowed, Rule, WrongState, allowed


def check_open_feed(dataset: Dataset, by: Actor) -> None:
    """Refuse to say that a dataset brings new data again and again.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: its content is not approved, or it is a feed already (`feed-open`).
    """
    check_owner(dataset, by)
    if feed_of(dataset.pk) is not None:
        raise WrongState(_("This dataset is a feed already. End it first."), code="feed-open")
    if not dataset.is_approved:
        raise WrongState(
            _("The content of this dataset has to be approved by the centre first."),
            code="content-not-approved",
        )


def check_end_feed(dataset: Dataset, by: Actor) -> None:
    """Refuse to end a feed.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: there is none (`no-feed`).
    """
    check_owner(dataset, by)
    if feed_of(dataset.pk) is None:
        raise WrongState(_("This dataset is no feed."), code="no-feed")


ACTS_ON_FEED: Mapping[str, Rule[Dataset]] = MappingProxyType(
    {"open_feed": check_open_feed, "end_feed": check_end_feed}
)


def acts_on_feed(dataset: Dataset, by: Actor) -> Allowed:
    return allowed(ACTS_ON_FEED, dataset, by)
