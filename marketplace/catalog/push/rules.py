from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import check_owner, check_takes_data
from marketplace.catalog.feed.models import Feed
from marketplace.catalog.feed.selectors import feed_of
from marketplace.catalog.push.models import Push
from marketplace.catalog.push.selectors import open_pushes_for
from marketplace.catalog.push.states import PUSH, PushState
from marketplace.core import Actor, Allowed, Rule, WrongState, allowed, clock


def check_open_push(dataset: Dataset, by: Actor) -> Feed:
    """Return the feed of a dataset to which data can be sent.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is no feed (`no-feed`), its data is drawn from a source (`feed-drawn`), it
            takes no data, or too much is being sent already (`too-many-open`).
    """
    check_owner(dataset, by)
    feed = feed_of(dataset.pk)
    if feed is None:
        raise WrongState(_("This dataset is no feed. Open it first."), code="no-feed")
    if feed.source_id is not None:
        raise WrongState(
            _("The data of this feed is drawn from a source. End it, and open one without."),
            code="feed-drawn",
        )
    check_takes_data(dataset)
    most = settings.CENTRE["OPEN_PUSHES"]
    if open_pushes_for(dataset.organization_id).count() >= most:
        raise WrongState(
            _("Your organization is sending %(most)d things already. Commit or cancel one.")
            % {"most": most},
            code="too-many-open",
        )
    return feed


def check_send(push: Push, by: Actor) -> None:
    """Refuse to send a part of a push, or to commit it.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed, or its time is over (`push-expired`).
    """
    check_owner(push.feed.dataset, by)
    PUSH.check(push, PushState.COMMITTED)
    if push.expires_at <= clock.now():
        raise WrongState(_("This was not committed in time. Send it again."), code="push-expired")


def check_cancel_push(push: Push, by: Actor) -> None:
    """Refuse to drop what was sent.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed.
    """
    check_owner(push.feed.dataset, by)
    PUSH.check(push, PushState.CANCELLED)


ACTS_ON_PUSH: Mapping[str, Rule[Push]] = {
    "send": check_send,
    "commit_push": check_send,
    "cancel_push": check_cancel_push,
}


def acts_on_push(push: Push, by: Actor) -> Allowed:
    return allowed(ACTS_ON_PUSH, push, by)
