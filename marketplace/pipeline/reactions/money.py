"""Money is owed, came in, or goes out: tell who pays it, who gets it and who decides."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from django.urls import reverse

from marketplace.accounts.models import Person
from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import people_visible_to, people_with_role
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.reactions.sides import (
    amount_in,
    order_of,
    payers_of,
    sellers_of,
    tell_of_order,
    treasurers,
)
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to


def tell_of_charge(entry: Entry) -> None:
    """Tell the buyer's people what is to be paid, and by when."""
    order = order_of(id_of(entry.subject))
    told = {"amount": amount_in(entry), "day": entry.payload["due_on"]}
    tell_of_order(payers_of(order), NoticeKind.CHARGE_OPENED, order, **told)


def tell_of_overdue(entry: Entry) -> None:
    """Tell who pays; from the second stage on the seller too, from the third the treasurers too."""
    order, stage = order_of(id_of(entry.subject)), entry.payload["stage"]
    people = chain(
        payers_of(order),
        sellers_of(order) if stage > 1 else (),
        treasurers() if stage > 2 else (),
    )
    told = {"amount": amount_in(entry), "day": entry.payload["due_on"]}
    tell_of_order(people, NoticeKind.CHARGE_OVERDUE, order, **told)


def tell_payer(entry: Entry) -> None:
    """Tell the buyer's people that their payment arrived."""
    order = order_of(id_of(entry.subject))
    amount = amount_in(entry)
    tell_of_order(payers_of(order), NoticeKind.PAYMENT_ARRIVED, order, amount=amount)


def tell_of_further_payment(entry: Entry) -> None:
    """Tell the seller's people that an instalment or a bill of use was paid."""
    order = order_of(id_of(entry.subject))
    amount = amount_in(entry)
    tell_of_order(sellers_of(order), NoticeKind.FURTHER_PAYMENT, order, amount=amount)


def tell_treasurers(entry: Entry) -> None:
    """Tell the centre's finance officers that a payment waits to be allocated."""
    notify(
        people=treasurers(),
        kind=NoticeKind.PAYMENT_UNALLOCATED,
        subject=entry.subject,
        parameters={"amount": amount_in(entry)},
        url=reverse("payment_detail", args=[id_of(entry.subject)]),
        by=PIPELINE,
    )


def tell_second_person(entry: Entry) -> None:
    """Tell who may decide on outgoing money: whoever proposed it may not."""
    disbursement = _disbursement(entry)
    deciding = chain(people_with_role(Role.REVIEWER), treasurers())
    others = [person for person in deciding if person.pk != disbursement.proposed_by_id]
    _tell_of_disbursement(others, NoticeKind.DISBURSEMENT_PROPOSED, disbursement, entry)


def tell_proposer(entry: Entry) -> None:
    """Tell who proposed to move money out that a second person decided."""
    disbursement = _disbursement(entry)
    proposer = people_visible_to(PIPELINE).filter(pk=disbursement.proposed_by_id, is_active=True)
    _tell_of_disbursement(proposer, NoticeKind.DISBURSEMENT_DECIDED, disbursement, entry)


def tell_of_money_out(entry: Entry) -> None:
    """Tell whose money was refunded or paid out. A returned payment has nobody here to tell."""
    disbursement = _disbursement(entry)
    amount, order = amount_in(entry), disbursement.order
    if disbursement.kind == DisbursementKind.REFUND and order is not None:
        people = chain(payers_of(order), sellers_of(order))
        tell_of_order(people, NoticeKind.MONEY_REFUNDED, order, amount=amount)
    owner = disbursement.account.organization_id
    if disbursement.kind == DisbursementKind.PAYOUT and owner is not None:
        keepers = (Role.FINANCE, Role.OFFICER, Role.BUYER)
        notify(
            people=chain.from_iterable(
                people_with_role(role, organization_id=owner) for role in keepers
            ),
            kind=NoticeKind.MONEY_PAID_OUT,
            subject=entry.subject,
            parameters={"amount": amount},
            url=reverse("account_statement", args=[disbursement.account_id]),
            by=PIPELINE,
        )


def _disbursement(entry: Entry) -> Disbursement:
    return visible(disbursements_visible_to(PIPELINE), pk=id_of(entry.subject))


def _tell_of_disbursement(
    people: Iterable[Person], kind: NoticeKind, disbursement: Disbursement, entry: Entry
) -> None:
    notify(
        people=people,
        kind=kind,
        subject=entry.subject,
        parameters={"amount": f"{disbursement.amount:,.2f} {disbursement.currency}"},
        url=reverse("disbursement_detail", args=[disbursement.pk]),
        by=PIPELINE,
    )
