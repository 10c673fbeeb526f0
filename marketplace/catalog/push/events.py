from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PushOpened(Fact, kind="catalog.push_opened", label=_("Sending of data begun")):
    """Somebody's program begins to send data to a feed."""

    push_kind: str
    mode: str


class PushCommitted(Fact, kind="catalog.push_committed", label=_("Data sent by a program")):
    """What was sent is whole, and is the version that it became or was already."""

    version: str
    parts: int


class PushCancelled(Fact, kind="catalog.push_cancelled", label=_("Sending of data cancelled")):
    """What was sent so far is dropped."""


class PushExpired(Fact, kind="catalog.push_expired", label=_("Sending of data expired")):
    """What was sent so far was never committed, and is dropped."""
