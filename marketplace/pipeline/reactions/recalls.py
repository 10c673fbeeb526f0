"""A verdict was doubted or recalled: tell the examiners, undo what rests on it, tell both sides."""

from __future__ import annotations

from itertools import chain

from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import people_with_role
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.reactions.sides import buyers_of, order_of, sellers_of, tell_of_order
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.recall.selectors import page_of_case, reidentifications_visible_to
from marketplace.trading.orders.recall.services.recalling import begin_recall, recall_order
from marketplace.trading.orders.recall.states import UNDECIDED


def tell_examiners(entry: Entry) -> None:
    """Tell the reviewers who may examine a report next: all but the one who has done their part."""
    doubt = visible(reidentifications_visible_to(PIPELINE), pk=id_of(entry.subject))
    if doubt.state not in UNDECIDED:
        return
    report = doubt.risk_report
    notify(
        people=[
            person
            for person in people_with_role(Role.REVIEWER)
            if person.pk != doubt.examined_by_id
            and person.organization_id != report.organization_id
        ],
        kind=NoticeKind.REIDENTIFICATION_WAITS,
        subject=entry.subject,
        parameters={"thing": report.version.dataset.title},
        url=page_of_case(doubt.pk),
        by=PIPELINE,
    )


def begin_to_recall(entry: Entry) -> None:
    """Name the orders that rest on a recalled verdict, each to be undone by itself."""
    begin_recall(id_of(entry.subject), by=PIPELINE)


def undo_order(entry: Entry) -> None:
    """Undo an order whose data was recalled; where a dispute ends, the money that waited for it."""
    order_id = id_of(entry.subject)
    if entry.subject.partition(":")[0] == "dispute":
        order_id = visible(disputes_visible_to(PIPELINE), pk=order_id).order_id
    recall_order(order_id, by=PIPELINE)


def tell_of_recall(entry: Entry) -> None:
    """Tell both sides that the data is recalled, and the buyer who has rows what to delete."""
    order = order_of(id_of(entry.subject))
    for people in (buyers_of(order), sellers_of(order)):
        tell_of_order(people, NoticeKind.DATA_RECALLED, order)
    if entry.payload["has_rows"]:
        day = entry.payload["deletion_due_on"]
        tell_of_order(buyers_of(order), NoticeKind.DELETION_ASKED, order, day=day)


def tell_of_overdue_deletion(entry: Entry) -> None:
    """Tell who buys; from the second stage on the seller too, from the third the reviewers too."""
    order, stage = order_of(id_of(entry.subject)), entry.payload["stage"]
    people = chain(
        buyers_of(order),
        sellers_of(order) if stage > 1 else (),
        people_with_role(Role.REVIEWER) if stage > 2 else (),
    )
    tell_of_order(people, NoticeKind.DELETION_OVERDUE, order, day=entry.payload["due_on"])


def tell_of_deletion(entry: Entry) -> None:
    """Tell the seller's people that the buyer states the deletion."""
    order = order_of(id_of(entry.subject))
    tell_of_order(sellers_of(order), NoticeKind.DELETION_STATED, order)
