"""Acts that time itself calls for."""

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from celery import Task

from marketplace.accounts.draft.services import forget_old_drafts
from marketplace.accounts.letter.services import hold_taken_letters, take_lost_letters
from marketplace.accounts.organization.services import lapse_applications, settle_verifications
from marketplace.accounts.proposal.services import settle_proposals
from marketplace.accounts.tasks import send_address_letter, send_invitation_letter
from marketplace.annotation.batch.services import return_idle_batches
from marketplace.annotation.quality.models import LabelComparison
from marketplace.annotation.tasks import compare_labels
from marketplace.appraisal.appraisal.services import expire_appraisals
from marketplace.appraisal.ceiling.services import close_past_ceilings
from marketplace.catalog.feed.services import keep_feeds
from marketplace.catalog.intake.services import expire_files
from marketplace.catalog.push.services import expire_pushes
from marketplace.catalog.quality.services import ask_lost_measures
from marketplace.core import Actor, Door, WrongState, clock
from marketplace.delivery.grant.services import (
    advance_grants,
    expire_grants,
    remind_of_licence_ends,
)
from marketplace.delivery.use.services import bill_uses, sum_uses
from marketplace.jobs.queues import Queue
from marketplace.jobs.services import reclaim_jobs
from marketplace.learning.model.services import settle_models
from marketplace.ledger.models import Seal
from marketplace.ledger.services.verification import audit_by_parts
from marketplace.notices.tasks import send_notice_email
from marketplace.outbound.endpoint.services import forget_old_secrets
from marketplace.outbound.lineage.selectors import is_any_due as is_lineage_due
from marketplace.outbound.message.selectors import is_any_due
from marketplace.outbound.tasks import send_lineage, send_messages
from marketplace.pipeline.broker import has_room, start
from marketplace.pipeline.long_work import QUEUES
from marketplace.pipeline.models import Part
from marketplace.pipeline.reactions import REACTIONS, ask_label_comparer
from marketplace.pipeline.selectors import last_beat, sealed_size
from marketplace.pipeline.services import beat, note_standing_listings, purge, retry_unanswered
from marketplace.pipeline.tasks import show_worker
from marketplace.pipeline.things import id_of, kind_of
from marketplace.preparation.raw_data.services import destroy_due_raw_data
from marketplace.rights.due.services import (
    advance_due_claims,
    remind_of_dues,
    settle_register_terms,
)
from marketplace.trading.listings.demand.services import expire_demands
from marketplace.trading.listings.publication.services import suspend_broken_listings
from marketplace.trading.listings.revision.selectors import revisions_to_compare
from marketplace.trading.listings.tasks import compare_revision
from marketplace.trading.orders.amendment.services import expire_amendments
from marketplace.trading.orders.deletion.services import remind_of_overdue_deletions
from marketplace.trading.orders.delivery.services import complete_silent_orders
from marketplace.trading.orders.dispute.services import close_due_disputes
from marketplace.trading.orders.last_day.services import settle_trading_terms
from marketplace.trading.orders.negotiation.services import expire_offers
from marketplace.trading.orders.person_request.services import (
    ask_lost_searches,
    destroy_old_answers,
    remind_of_person_requests,
)
from marketplace.trading.orders.promise.services import keep_promises
from marketplace.trading.orders.settlement.services import remind_of_overdue_charges
from marketplace.trading.orders.termination.services import end_terminated_contracts
from marketplace.trading.treasury.payment.services import book_confirmed_statements
from marketplace.vault.places import clear_abandoned, incoming_folder
from marketplace.vault.services import clear_abandoned_work_folders

CLOCKWORK = Actor.system(Door.TASK)
"""Who acts when a date has come."""


class DueAct(Protocol):
    """An act that finds by itself what is due, and answers what it did."""

    __name__: str

    def __call__(self, *, by: Actor) -> object: ...


COMPARED_AT_ONCE = 20
"""So many comparisons a worker is asked for at once."""
BEAT_SECONDS = 15
"""How often the loop, and through it a worker, shows that it works."""
SILENT_AFTER = timedelta(seconds=3 * BEAT_SECONDS)
LOST_AFTER = timedelta(seconds=30)
"""How long a task may take before it is taken for lost."""
LOOK_SECONDS = 15
LOOKED_THROUGH = 5000
"""Among so many of the last facts it is looked for labels that nobody compared."""


def clear_work(*, by: Actor) -> int:
    """Remove what killed processes left in plain, and what they had half received."""
    return clear_abandoned_work_folders() + len(clear_abandoned(incoming_folder()))


ONCE = math.inf
"""An act that runs when a loop begins to turn; like all others it runs on each new day too."""


@dataclass(frozen=True)
class Due:
    """An act with the seconds between two of its runs, or `ONCE`."""

    act: DueAct
    seconds: float


def show_life(*, by: Actor) -> None:
    """Show that the loop turns, and ask a worker to show that it works.

    A broker that is away keeps nothing else waiting; the centre's health tells of it. Where the
    loop was silent, the database may have been away, and its workers have to catch up.
    """
    before = last_beat(Part.LOOP)
    if before is not None and clock.now() - before > SILENT_AFTER:
        hold_taken_letters()
    beat(Part.LOOP, by=by)
    with suppress(WrongState):
        start(show_worker)


def ask_senders(*, by: Actor) -> None:
    """Ask a worker to send what webhooks, and the receiver of lineage, are to be told.

    A broker that is away keeps nothing else waiting: what is due stays so.
    """
    now = clock.now()
    wanted = [
        task
        for task, is_due in ((send_messages, is_any_due), (send_lineage, is_lineage_due))
        if is_due(now)
    ]
    if wanted and has_room():
        with suppress(WrongState):
            for task in wanted:
                start(task)


def ask_lost_comparisons(*, by: Actor) -> None:
    """Ask a worker again to compare revisions and labels that wait for it for a while."""
    now = clock.now()
    lost: list[tuple[Task, str]] = [  # type: ignore[type-arg]
        (compare_revision, str(revision.pk))
        for revision in revisions_to_compare(now - LOST_AFTER)
        if is_asked_for(revision.live_at, now)
    ]
    lost += [(compare_labels, pk) for pk, since in _uncompared(now) if is_asked_for(since, now)]
    if lost and has_room():
        with suppress(WrongState):
            for task, pk in lost[:COMPARED_AT_ONCE]:
                start(task, pk)


def is_asked_for(since: datetime | None, now: datetime) -> bool:
    """Return whether what waits since a moment is asked for again in this turn.

    At ages that double: what never comes to its end is asked for ever more seldom.
    """
    if since is None:
        return False
    age, before = now - since, now - since - timedelta(seconds=LOOK_SECONDS)
    return age >= LOST_AFTER and (
        before < LOST_AFTER
        or (age // LOST_AFTER).bit_length() > (before // LOST_AFTER).bit_length()
    )


def _uncompared(now: datetime) -> list[tuple[str, datetime]]:
    """Return projects whose counted labels changed since they were compared, and when."""
    kinds = [fact.kind for fact, acts in REACTIONS.items() if ask_label_comparer in acts]
    seals = Seal.objects.filter(
        leaf_index__gte=sealed_size() - LOOKED_THROUGH,
        entry__kind__in=kinds,
        entry__happened_at__lte=now - LOST_AFTER,
    )
    changed = {
        id_of(subject): seal.entry.happened_at
        for seal in seals.select_related("entry").order_by("leaf_index")
        for subject in (seal.entry.subject, *seal.entry.about)
        if kind_of(subject) == "labelling"
    }
    compared = LabelComparison.objects.filter(project__in=list(changed))
    done = {pk for pk, at in compared.values_list("project_id", "compared_at") if at > changed[pk]}
    return [(str(pk), since) for pk, since in changed.items() if pk not in done]


def reclaiming(queue: Queue[Any]) -> DueAct:
    """Return the act that takes up the jobs of a queue whose worker is gone."""

    def reclaim(*, by: Actor) -> object:
        return reclaim_jobs(queue=queue, by=by)

    reclaim.__name__ = f"reclaim {queue.name}"
    return reclaim


LETTERS: "Mapping[str, Task[..., Any]]" = {
    "notice": send_notice_email,
    "invitation": send_invitation_letter,
    "person": send_address_letter,
}
"""Who sends a letter about what."""


def ask_lost_letters(*, by: Actor) -> None:
    """Ask a worker again for letters whose task is late or lost, or whose mail server was away."""
    for subject in take_lost_letters() if has_room() else ():
        with suppress(WrongState):
            start(LETTERS[kind_of(subject)], str(id_of(subject)))


DUE: tuple[Due, ...] = (
    Due(clear_work, 10),
    Due(show_life, BEAT_SECONDS),
    Due(settle_register_terms, 30),
    Due(settle_trading_terms, 30),
    Due(ask_senders, 1),
    Due(ask_lost_letters, 5),
    Due(forget_old_secrets, 600),
    Due(forget_old_drafts, 3600),
    *(Due(reclaiming(queue), 3) for queue in QUEUES),
    Due(ask_lost_measures, 15),
    Due(ask_lost_comparisons, LOOK_SECONDS),
    Due(retry_unanswered, 5),
    Due(suspend_broken_listings, 15),
    Due(settle_models, 60),
    Due(return_idle_batches, 300),
    Due(complete_silent_orders, 30),
    Due(expire_demands, 30),
    Due(expire_offers, 30),
    Due(expire_amendments, 30),
    Due(end_terminated_contracts, 30),
    Due(close_due_disputes, 30),
    Due(book_confirmed_statements, 60),
    Due(settle_proposals, 60),
    Due(keep_feeds, 60),
    Due(expire_pushes, 600),
    Due(expire_files, 600),
    Due(settle_verifications, 600),
    Due(lapse_applications, 3600),
    Due(expire_grants, 30),
    # A reaction gives them at once; this takes up copies that could not be written.
    Due(advance_grants, 600),
    Due(remind_of_licence_ends, 600),
    Due(sum_uses, 60),
    Due(bill_uses, 600),
    Due(remind_of_overdue_charges, 600),
    Due(keep_promises, 600),
    Due(remind_of_overdue_deletions, 600),
    Due(remind_of_person_requests, 600),
    Due(ask_lost_searches, 600),
    Due(destroy_old_answers, 3600),
    Due(advance_due_claims, 30),
    Due(remind_of_dues, 60),
    Due(expire_appraisals, 30),
    Due(close_past_ceilings, 30),
    Due(destroy_due_raw_data, 60),
    Due(audit_by_parts, 10),
    Due(purge, 3600),
    # Listings from before the register kept notes come with the release that keeps them, and so
    # with a new loop; whatever is published afterwards is noted by a reaction.
    Due(note_standing_listings, ONCE),
)
