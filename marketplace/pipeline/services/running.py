"""React to sealed entries in leaf order; put aside what fails, and try it again when asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotAllowed, Refusal, WrongState
from marketplace.core.locking import locked
from marketplace.ledger.models import Entry
from marketplace.ledger.selectors import first_sealed
from marketplace.ledger.services.recording import record
from marketplace.pipeline.broker import SILENT
from marketplace.pipeline.events import AllReactionsRetried, ReactionRetried, ReactionSetAside
from marketplace.pipeline.models import Cursor, SetAside
from marketplace.pipeline.reactions import REACTIONS, Reaction, reactions_to
from marketplace.pipeline.rules import check_retries, check_retry_set_aside
from marketplace.pipeline.selectors import (
    sealed_size,
    set_asides_visible_to,
    waiting_set_asides,
)
from marketplace.pipeline.states import SET_ASIDE, SetAsideState

BATCH = 500
PIPELINE = Actor.system(Door.REACTION)

log = logging.getLogger(__name__)


@transaction.atomic
def react_once() -> int:
    """React to the next sealed entries, up to the first that starts something; return how many.

    The cursor is locked first, so that two loops do not react to one entry. It moves in the same
    transaction as what the reactions change: after a crash there are both or neither.
    """
    cursor, _is_new = Cursor.objects.select_for_update().get_or_create(pk=1)
    # Before the search: what is sealed meanwhile must not be passed over.
    until = min(cursor.leaf_index + BATCH, sealed_size() - 1)
    passed = until - cursor.leaf_index
    if passed <= 0:
        return 0
    seal = first_sealed([fact.kind for fact in REACTIONS], after=cursor.leaf_index, until=until)
    if seal is not None:
        for reaction in reactions_to(seal.entry.kind):
            _react(reaction, seal.entry)
        passed = seal.leaf_index - cursor.leaf_index
    cursor.leaf_index += passed
    cursor.save(update_fields=["leaf_index"])
    return passed


def react_to_all() -> int:
    """React until nothing sealed is left; answer to how many entries."""
    total = 0
    while passed := react_once():
        total += passed
    return total


@transaction.atomic
def retry_set_aside(set_aside_id: UUID, *, by: Actor) -> SetAside:
    """Try a reaction again that was put aside; where it fails again, it stays aside.

    Raises:
        NotFound: there is no such reaction among those the actor may see.
        NotAllowed: the actor is no administrator of the centre.
        WrongState: it has happened already.
    """
    set_aside = locked(set_asides_visible_to(by), pk=set_aside_id)
    check_retry_set_aside(set_aside, by)
    error = _failure(lambda: _reaction_of(set_aside)(set_aside.entry))
    set_aside.attempts += 1
    set_aside.tried_at = clock.now()
    if error is None:
        SET_ASIDE.move(set_aside, SetAsideState.DONE)
    else:
        set_aside.error_code, set_aside.error = error
    set_aside.save(update_fields=["attempts", "tried_at", "state", "error_code", "error"])
    _record_retried(set_aside, succeeded=error is None, by=by)
    return set_aside


@transaction.atomic
def retry_all_set_asides(*, by: Actor) -> list[SetAside]:
    """Try everything again that waits aside, oldest first; return what was tried.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
    """
    check_retries(None, by)
    waiting = waiting_set_asides(by).order_by("created_at").values_list("pk", flat=True)
    tried = [retry_set_aside(pk, by=by) for pk in list(waiting)]
    if tried:
        record(
            AllReactionsRetried(
                subject="pipeline:centre",
                tried=len(tried),
                succeeded=sum(row.state == SetAsideState.DONE for row in tried),
            ),
            by=by,
        )
    return tried


@transaction.atomic
def retry_unanswered(*, by: Actor) -> list[SetAside]:
    """Try again what was put aside because the broker did not answer, oldest first.

    The first that fails again ends it and leaves no trace: the broker is still away. Answers what
    has happened now.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("Only an administrator of the centre can try this again."))
    waiting = waiting_set_asides(by).filter(error_code=SILENT).order_by("created_at")
    done: list[SetAside] = []
    for set_aside in waiting.select_for_update(of=("self",), skip_locked=True)[:BATCH]:
        if _failure(partial(_reaction_of(set_aside), set_aside.entry)) is not None:
            break
        set_aside.attempts += 1
        set_aside.tried_at = clock.now()
        SET_ASIDE.move(set_aside, SetAsideState.DONE)
        set_aside.save(update_fields=["attempts", "tried_at", "state"])
        _record_retried(set_aside, succeeded=True, by=by)
        done.append(set_aside)
    return done


def _react(reaction: Reaction, entry: Entry) -> None:
    error = _failure(lambda: reaction(entry))
    if error is None:
        return
    code, sentence = error
    set_aside = SetAside.objects.create(
        entry=entry, reaction=reaction.__name__, error_code=code, error=sentence
    )
    record(
        ReactionSetAside(
            subject=f"set_aside:{set_aside.pk}",
            about=(entry.subject,),
            reaction=set_aside.reaction,
            entry=str(entry.reference),
            error_code=code,
        ),
        by=PIPELINE,
    )


def _record_retried(set_aside: SetAside, *, succeeded: bool, by: Actor) -> None:
    record(
        ReactionRetried(
            subject=f"set_aside:{set_aside.pk}",
            about=(set_aside.entry.subject,),
            reaction=set_aside.reaction,
            succeeded=succeeded,
        ),
        by=by,
    )


def _failure(call: Callable[[], None]) -> tuple[str, str] | None:
    """Call within a savepoint; return the code and the sentence of what went wrong.

    An error that is no refusal has its name for a code and no sentence: its text could hold
    anything, and stands in the log alone.
    """
    try:
        with transaction.atomic():
            call()
    except Refusal as refusal:
        return refusal.code, refusal.sentence[:1000]
    except (InterfaceError, OperationalError):
        # A database that is away or a deadlock is no fault of the reaction: the turn breaks, and
        # the entry is met again.
        raise
    except Exception as error:
        # Whatever a reaction breaks on, those behind it in the line must not wait for it.
        log.exception("A reaction broke.")
        return type(error).__name__, ""
    return None


def _reaction_of(set_aside: SetAside) -> Reaction:
    for reaction in reactions_to(set_aside.entry.kind):
        if reaction.__name__ == set_aside.reaction:
            return reaction
    raise WrongState(
        _("The centre's software does not know this automatic step any more."),
        code="reaction-unknown",
    )
