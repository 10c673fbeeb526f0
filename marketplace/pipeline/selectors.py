"""Read how far the pipeline is, and what it put aside."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.catalog.version.readers import Readers, readers
from marketplace.core import Actor, NotAllowed
from marketplace.jobs.states import JobState
from marketplace.ledger.models import Entry, Head
from marketplace.ledger.selectors import unsealed_count
from marketplace.pipeline import policies
from marketplace.pipeline.long_work import QUEUES
from marketplace.pipeline.models import Beat, Cursor, Part, SetAside
from marketplace.pipeline.states import SetAsideState
from marketplace.pipeline.things import PIPELINE


@dataclass(frozen=True)
class PipelineState:
    """How many entries are sealed, wait to be sealed, and wait to be reacted to.

    `readers` says what those who read strangers' files can reach.
    """

    sealed: int
    unsealed: int
    behind: int
    put_aside: int
    readers: Readers


def set_asides_visible_to(by: Actor) -> QuerySet[SetAside]:
    """Return every reaction that was put aside to the centre's staff, to others none."""
    rows = SetAside.objects.select_related("entry")
    return rows if policies.may_watch(by) else rows.none()


def waiting_set_asides(by: Actor) -> QuerySet[SetAside]:
    """Return the reactions that still wait to be tried again."""
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
        readers=readers(),
    )


def oldest_unsealed() -> datetime | None:
    """Return when the oldest entry was recorded that waits to be sealed."""
    rows = Entry.objects.filter(seal=None, stray=None).order_by("pk")
    return rows.values_list("happened_at", flat=True).first()


def oldest_unanswered() -> datetime | None:
    """Return when the oldest sealed entry was recorded that no reaction has looked at."""
    rows = Entry.objects.filter(seal__leaf_index=reacted_to() + 1)
    return rows.values_list("happened_at", flat=True).first()


def oldest_set_aside() -> datetime | None:
    """Return when the oldest reaction was put aside that still waits."""
    rows = SetAside.objects.filter(state=SetAsideState.PUT_ASIDE).order_by("created_at")
    return rows.values_list("created_at", flat=True).first()


def last_beat(part: Part) -> datetime | None:
    """Return when a part of the centre last showed that it works."""
    return Beat.objects.filter(part=part).values_list("at", flat=True).first()


def is_work_in_hand(now: datetime) -> bool:
    """Return whether a worker holds long work by a lease that it has renewed in time.

    A worker that does one task at a time takes no other meanwhile.
    """
    held = {"state": JobState.RUNNING, "lease_until__gt": now}
    return any(queue.rows(PIPELINE).filter(**held).exists() for queue in QUEUES)


def oldest_queued() -> datetime | None:
    """Return since when the oldest long work waits for a worker."""
    oldest = [
        queue.rows(PIPELINE)
        .filter(state=JobState.QUEUED)
        .order_by("queued_at")
        .values_list("queued_at", flat=True)
        .first()
        for queue in QUEUES
    ]
    return min((moment for moment in oldest if moment is not None), default=None)


def reacted_to() -> int:
    """Return the leaf to which the pipeline has reacted, -1 before the first."""
    reached = Cursor.objects.values_list("leaf_index", flat=True).first()
    return -1 if reached is None else reached


def sealed_size() -> int:
    return Head.objects.order_by("-tree_size").values_list("tree_size", flat=True).first() or 0
