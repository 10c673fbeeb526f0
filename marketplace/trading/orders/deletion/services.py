"""A buyer states that every copy is deleted; who has not is reminded, once at each stage."""

import hashlib
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, NotAllowed, clock, locked, longest_of
from marketplace.core.arguments import Text
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.deletion.events import DeletionOverdue, DeletionStated
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.deletion.rules import check_deleting_buyer, check_state_deletion
from marketplace.trading.orders.deletion.selectors import deletion_of, deletions_to_remind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.settlement.services import STAGES

LONGEST_STATEMENT = longest_of(Deletion, "statement")
STATEMENT = Text(
    label=gettext_lazy("Your statement"),
    help=gettext_lazy(
        "That use has stopped, and where, when and how every copy was deleted. It stands on "
        "this page for both sides and the centre, and its digest in the ledger."
    ),
    longest=LONGEST_STATEMENT,
    lines=3,
)


@transaction.atomic
def state_deletion(order_id: UUID, *, statement: Annotated[str, STATEMENT], by: Actor) -> Deletion:
    """State for the buyer that use has stopped and every copy is deleted: where, when and how.

    Stating it again changes nothing: what was stated stands.

    Raises:
        NotFound: there is no such order among those the actor may see, or no deletion is asked.
        NotAllowed: the actor does not buy for the order's buyer.
        Invalid: nothing is stated, or too much.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    person_id = check_deleting_buyer(order, by)
    known = deletion_of(order)
    if known is not None and known.stated_at is not None:
        return known
    deletion = check_state_deletion(order, by)
    statement = statement.strip()
    if not 1 <= len(statement) <= LONGEST_STATEMENT:
        sentence = _(
            "Say where, when and how the copies were deleted, in 1 to %(most)d characters."
        )
        said = sentence % {"most": LONGEST_STATEMENT}
        raise Invalid(said, fields={"statement": [said]})
    deletion.statement, deletion.stated_by_id = statement, person_id
    deletion.stated_at = clock.now()
    deletion.save(update_fields=["statement", "stated_by_id", "stated_at"])
    record(
        DeletionStated(
            subject=f"order:{order.pk}",
            about=order.concerns,
            text_sha256=hashlib.sha256(statement.encode()).hexdigest(),
        ),
        by=by,
    )
    return deletion


def remind_of_overdue_deletions(*, by: Actor) -> list[UUID]:
    """Note which deletions are overdue, once at each stage of `STAGES`; return the orders.

    Several stages that were missed together are one reminder, of the last. The pipeline tells
    people.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the terms."))
    reminded = []
    for deletion_id, order_id in list(deletions_to_remind(clock.today(), STAGES)):
        with transaction.atomic():
            # The order's lock also keeps a statement of its deletion apart.
            order = locked(orders_visible_to(by), pk=order_id)
            deletion = Deletion.objects.filter(pk=deletion_id, stated_at=None).first()
            if deletion is not None:
                days_over = (clock.today() - deletion.due_on).days
                stage = sum(days <= days_over for days in STAGES)
                if stage > deletion.reminded:
                    _remind(order, deletion, stage, by=by)
                    reminded.append(order_id)
    return reminded


def _remind(order: Order, deletion: Deletion, stage: int, *, by: Actor) -> None:
    deletion.reminded = stage
    deletion.save(update_fields=["reminded"])
    record(
        DeletionOverdue(
            subject=f"order:{order.pk}",
            about=order.concerns,
            stage=stage,
            due_on=deletion.due_on.isoformat(),
        ),
        by=by,
    )
