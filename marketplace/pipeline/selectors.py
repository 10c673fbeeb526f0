"""Read how far the pipeline is, and what it put aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.ledger.models import Entry, Head
from marketplace.ledger.selectors import unsealed_count
from marketplace.pipeline import policies
from marketplace.pipeline.models import Cursor, SetAside
from marketplace.pipeline.states import SetAsideState

PATIENCE = timedelta(minutes=1)


class Health(StrEnum):
    """Whether the centre does its work."""

    OK = "ok"
    BEHIND = "behind"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class PipelineState:
    """How many entries are sealed, wait to be sealed, and wait to be reacted to."""

    sealed: int
    unsealed: int
    behind: int
    put_aside: int


def set_asides_visible_to(by: Actor) -> QuerySet[SetAside]:
    """Answer every reaction that was put aside to the centre's staff, to others none."""
    rows = SetAside.objects.select_related("entry")
    return rows if policies.may_watch(by) else rows.none()


def waiting_set_asides(by: Actor) -> QuerySet[SetAside]:
    """Answer the reactions that still wait to be tried again."""
    return set_asides_visible_to(by).filter(state=SetAsideState.PUT_ASIDE)


def pipeline_state(by: Actor) -> PipelineState:
    """Count what the pipeline has done and has before it.

    Raises:
        NotAllowed: the actor is not of the centre's staff.
    """
    if not policies.may_watch(by):
        raise NotAllowed(_("Only the centre's staff watch its automatic steps."))
    sealed = sealed_size()
    return PipelineState(
        sealed=sealed,
        unsealed=unsealed_count(),
        behind=max(sealed - 1 - reacted_to(), 0),
        put_aside=waiting_set_asides(by).count(),
    )


def health() -> Health:
    """Tell a watchdog whether the centre does its work; says nothing about anybody.

    `behind` means that an entry has waited longer than `PATIENCE` to be sealed, so that the
    pipeline's loop does not run; pages still work then. Whoever sees `unavailable` has no database.
    """
    try:
        oldest = (
            Entry.objects.filter(seal=None, stray=None)
            .order_by("pk")
            .values_list("happened_at", flat=True)
            .first()
        )
    except DatabaseError:
        return Health.UNAVAILABLE
    if oldest is not None and clock.now() - oldest > PATIENCE:
        return Health.BEHIND
    return Health.OK


def reacted_to() -> int:
    """Answer the leaf to which the pipeline has reacted, -1 before the first."""
    reached = Cursor.objects.values_list("leaf_index", flat=True).first()
    return -1 if reached is None else reached


def sealed_size() -> int:
    """Answer how many entries are sealed."""
    return Head.objects.order_by("-tree_size").values_list("tree_size", flat=True).first() or 0
