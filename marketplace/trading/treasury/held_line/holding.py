"""Note of a statement which lines were told before, in its caller's transaction."""

from marketplace.core import Actor
from marketplace.core.locking import lock_name
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.trading.treasury.bank.models import BankStatement, RepeatedLine
from marketplace.trading.treasury.held_line.alike import alike_in
from marketplace.trading.treasury.held_line.events import LineHeld
from marketplace.trading.treasury.held_line.models import HeldLine


def keep_alike(statement: BankStatement, *, by: Actor) -> None:
    """Keep which lines of a statement that is being confirmed were told before, or may be.

    One statement is compared after the other.
    """
    lock_name("bank lines")
    found = alike_in(statement)
    RepeatedLine.objects.bulk_create(
        [
            RepeatedLine(line_id=line_id, first=alike.line)
            for line_id, alike in found.items()
            if alike.is_same
        ],
        batch_size=500,
    )
    for line_id, alike in found.items():
        if alike.is_same:
            continue
        held = HeldLine.objects.create(line_id=line_id, alike=alike.line)
        record(
            LineHeld(
                subject=f"held_line:{held.pk}",
                about=(f"statement:{statement.pk}",),
                line=str(line_id),
                alike=str(alike.line.pk),
            ),
            binds=bound(held),
            by=by,
        )
