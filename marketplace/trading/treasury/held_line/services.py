"""A line may be told already: one finance officer says what it is, a second one confirms."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, locked
from marketplace.core.arguments import Choice, reason_of
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.treasury.held_line.choices import Says
from marketplace.trading.treasury.held_line.events import (
    HeldLineConfirmed,
    HeldLineProposed,
    HeldLineRejected,
)
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.held_line.rules import (
    check_confirm_held_line,
    check_propose_held_line,
    check_reject_held_line,
)
from marketplace.trading.treasury.held_line.selectors import held_lines_visible_to
from marketplace.trading.treasury.held_line.states import HELD_LINE, HeldState

WHY = reason_of(HeldLine)
SAYS = Choice(label=gettext_lazy("What the line is"), choices=Says)


@transaction.atomic
def propose_held_line(held_id: UUID, *, says: Annotated[Says, SAYS], by: Actor) -> HeldLine:
    """Say whether a held line is the same line as one told before, or another one.

    It is in no sum before a second finance officer sees the same. Saying the same again changes
    nothing.

    Raises:
        NotFound: there is no such line among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: somebody has said it already.
    """
    held = locked(held_lines_visible_to(by), pk=held_id)
    said = (held.state, held.proposed_by_id, held.says)
    if said == (HeldState.PROPOSED, by.person_id, says):
        return held
    person_id = check_propose_held_line(held, by)
    HELD_LINE.move(held, HeldState.PROPOSED)
    held.says, held.proposed_by_id, held.reason = says, person_id, ""
    held.save(update_fields=["state", "says", "proposed_by_id", "reason"])
    _record(HeldLineProposed, held, by=by)
    return held


@transaction.atomic
def confirm_held_line(held_id: UUID, *, by: Actor) -> HeldLine:
    """Confirm what a finance officer said of a held line; another line counts from now on.

    Raises:
        NotFound: there is no such line among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre, or said what it is
            (`proposed-by-you`).
        WrongState: it waits for nobody.
    """
    held = locked(held_lines_visible_to(by), pk=held_id)
    person_id = check_confirm_held_line(held, by)
    HELD_LINE.move(held, HeldState(held.says))
    held.confirmed_by_id = person_id
    held.save(update_fields=["state", "confirmed_by_id"])
    _record(HeldLineConfirmed, held, by=by)
    return held


@transaction.atomic
def reject_held_line(held_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> HeldLine:
    """Say, with a reason, that a held line is not what was said. It stays held.

    Raises:
        NotFound: there is no such line among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: it waits for nobody.
        Invalid: there is no reason, or too long a one.
    """
    held = locked(held_lines_visible_to(by), pk=held_id)
    check_reject_held_line(held, by)
    held.reason = WHY.given(reason)
    HELD_LINE.move(held, HeldState.HELD)
    held.save(update_fields=["state", "reason"])
    _record(HeldLineRejected, held, by=by)
    return held


def _record(
    fact: type[HeldLineProposed | HeldLineConfirmed | HeldLineRejected],
    held: HeldLine,
    *,
    by: Actor,
) -> None:
    about = (f"statement:{held.line.statement_id}",)
    told = fact(subject=f"held_line:{held.pk}", about=about, says=held.says)
    record(told, binds=bound(held), by=by)
