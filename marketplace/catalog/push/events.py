from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PushOpened(Fact):
    """Somebody's program begins to send data to a feed."""

    kind = "catalog.push_opened"
    label = _("Sending of data begun")
    push_kind: str
    mode: str


@dataclass(frozen=True, kw_only=True)
class PushCommitted(Fact):
    """What was sent is whole, and is the version that it became or was already."""

    kind = "catalog.push_committed"
    label = _("Data sent by a program")
    version: str
    parts: int


@dataclass(frozen=True, kw_only=True)
class PushCancelled(Fact):
    """What was sent so far is dropped."""

    kind = "catalog.push_cancelled"
    label = _("Sending of data cancelled")


@dataclass(frozen=True, kw_only=True)
class PushExpired(Fact):
    """What was sent so far was never committed, and is dropped."""

    kind = "catalog.push_expired"
    label = _("Sending of data expired")
