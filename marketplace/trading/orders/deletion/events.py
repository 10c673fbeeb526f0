"""What happens to statements of deletion: codes and digests, never what was written."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class DeletionAsked(Fact, kind="trading.deletion_asked", label=_("Deletion of the data asked")):
    """A buyer has rows of data whose use has ended, and is asked to delete every copy."""

    cause: str
    due_on: str


class DeletionLifted(
    Fact, kind="trading.deletion_lifted", label=_("Deletion of the data asked no more")
):
    """Both sides agreed that the licence goes on: nothing is to be deleted."""


class DeletionOverdue(
    Fact, kind="trading.deletion_overdue", label=_("Deletion of the data overdue")
):
    """A buyer has not stated the deletion by the last day: once at each stage."""

    stage: int
    due_on: str


class DeletionStated(Fact, kind="trading.deletion_stated", label=_("Deletion of the data stated")):
    """A buyer states that every copy of the data is deleted."""

    text_sha256: str
