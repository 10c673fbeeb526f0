"""What happens to statements of deletion: codes and digests, never what was written."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DeletionAsked(Fact):
    """A buyer has rows of data whose use has ended, and is asked to delete every copy."""

    kind = "trading.deletion_asked"
    label = _("Deletion of the data asked")
    cause: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class DeletionLifted(Fact):
    """Both sides agreed that the licence goes on: nothing is to be deleted."""

    kind = "trading.deletion_lifted"
    label = _("Deletion of the data asked no more")


@dataclass(frozen=True, kw_only=True)
class DeletionOverdue(Fact):
    """A buyer has not stated the deletion by the last day: once at each stage."""

    kind = "trading.deletion_overdue"
    label = _("Deletion of the data overdue")
    stage: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class DeletionStated(Fact):
    """A buyer states that every copy of the data is deleted."""

    kind = "trading.deletion_stated"
    label = _("Deletion of the data stated")
    text_sha256: str
