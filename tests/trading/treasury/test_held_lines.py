"""Two alike lines of the bank are one or two: the bank's own papers tell, or two people say so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.binding import state_faults
from marketplace.notices.models import Notice
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.settlement.references import new_reference
from marketplace.trading.treasury.bank.models import BankLine, RepeatedLine
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_match.services import confirm_match
from marketplace.trading.treasury.held_line.choices import Says
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.held_line.services import (
    confirm_held_line,
    propose_held_line,
    reject_held_line,
)
from marketplace.trading.treasury.payment.services import confirm_statement, import_statement
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.reconciliation.comparing import (
    reconciliation_of_day,
    reconciliation_of_statement,
)
from marketplace.trading.treasury.reconciliation.services import propose_bank_item
from marketplace.trading.treasury.reconciliation.sheet import Finding, Sheet
from tests.conftest import ApiClients, PageClients
from tests.given import money
from tests.given.pipeline import catch_up
from tests.given.world import World

D = Decimal
DAY = date(2026, 3, 31)
HEADER = "transaction_id,booked_on,amount,currency,text,balance"


def at_bank(amount: str, balance: str = "", *, number: str = "", text: str = "Fee") -> str:
    """Write a line of a statement of the day."""
    return f"{number},{DAY},{amount},CNY,{text},{balance}"


def told(world: World, *lines: str) -> list[BankLine]:
    """Import a statement, and confirm it; return its lines."""
    money.book(world, "\n".join((HEADER, *lines, "")).encode())
    statement = BankLine.objects.latest("created_at").statement
    return list(statement.lines.order_by("number"))


def sheet(world: World) -> Sheet:
    """Return the one currency of the day."""
    [found] = reconciliation_of_day(DAY, by=world.actor("treasurer")).sheets
    return found


def decided(world: World, held: HeldLine, says: Says) -> HeldLine:
    """Say what a line is, and confirm it."""
    propose_held_line(held.pk, says=says, by=world.actor("treasurer"))
    return confirm_held_line(held.pk, by=world.actor("second_treasurer"))


PAID = at_bank("40.00", number="TX-0001")
FEE = at_bank("-15.00")
SETTLED: dict[str, tuple[list[list[str]], int, int]] = {
    "a number": ([[at_bank("-15.00", number="F-0001"), PAID]] * 2, 1, 0),
    "another number": ([[at_bank("-15.00", number=f"F-000{n}"), PAID] for n in (1, 2)], 2, 0),
    "another balance": ([[at_bank("-15.00", "85.00")], [at_bank("-15.00", "70.00")]], 2, 0),
    "balances of one file": ([[at_bank("-15.00", "85.00"), at_bank("-15.00", "70.00")]], 2, 0),
    "the same stretch": (
        [
            [at_bank("-15.00", "85.00")],
            [at_bank("-15.00", "85.00"), at_bank("40.00", "125.00", number="TX-0001")],
        ],
        1,
        0,
    ),
    "a day that came back, told twice": (
        [
            [
                at_bank("-15.00", "85.00"),
                at_bank("15.00", "100.00", number="TX-0001"),
                at_bank("-15.00", "85.00"),
            ]
        ]
        * 2,
        2,
        0,
    ),
    "other texts": ([[FEE], [at_bank("-15.00", text=new_reference())]], 2, 0),
    "no number": ([[FEE], [FEE]], 1, 1),
    "two of one file": ([[FEE, FEE]], 1, 1),
    "a number in one": ([[FEE], [at_bank("-15.00", number="F-0001")]], 1, 1),
    "a balance in one": ([[at_bank("-15.00", "85.00")], [FEE]], 1, 1),
    "one number, two balances": (
        [
            [at_bank("-15.00", "85.00", number="FEE-1")],
            [at_bank("-15.00", "70.00", number="FEE-1")],
        ],
        1,
        1,
    ),
    "what may have come back": (
        [
            [at_bank("-15.00", "85.00")],
            [at_bank("15.00", "100.00", number="TX-0001"), at_bank("-15.00", "85.00")],
        ],
        1,
        1,
    ),
    "what came back in between": (
        [
            [at_bank("-15.00", "85.00")],
            [at_bank("15.00", "100.00", number="TX-0001")],
            [at_bank("-15.00", "85.00"), at_bank("7.00", "92.00", number="TX-0002")],
        ],
        1,
        1,
    ),
}
"""Statements, with how many fees of 15.00 count then, and how many are held."""


@pytest.mark.parametrize("name", SETTLED)
def test_the_bank_settles_it_or_people_do(name: str, world: World) -> None:
    """Number and balances settle it; what they leave open is in no sum."""
    statements, counted, held = SETTLED[name]
    for place, lines in enumerate(statements):
        # One file is one statement: further columns make others of the same lines.
        extra = "\n".join((HEADER + ",page", *(f"{line},{place}" for line in lines), ""))
        money.book(world, extra.encode())
    fees = [row for row in sheet(world).rows if row.at_bank == D("-15.00")]
    assert len(fees) == counted
    assert HeldLine.objects.filter(state="held").count() == sheet(world).held == held
    assert list(state_faults()) == []


def test_a_held_line_is_in_no_sum(world: World) -> None:
    """Neither on the day's sheet nor on that of its statement; the balance is not known then."""
    [first] = told(world, at_bank("-15.00", "85.00"))
    second, _paid = told(world, at_bank("-15.00"), at_bank("1.00", number="TX-0002"))
    found = sheet(world)
    held = HeldLine.objects.get()
    assert (held.line, held.alike) == (second, first)
    assert found.moved.at_bank == D("-14.00")
    assert (found.after.at_bank, found.agrees) == (None, False)
    [row] = [row for row in found.rows if row.finding == Finding.HELD]
    assert (row.at_bank, row.difference, row.amount) == (None, D(0), D("-15.00"))
    [same] = reconciliation_of_statement(second.statement).sheets
    assert same == found
    refused = (
        lambda: propose_bank_item(second.pk, kind=ItemKind.FEE, by=world.actor("treasurer")),
        lambda: confirm_match(
            second.pk, disbursement=Disbursement.objects.get().pk, by=world.actor("treasurer")
        ),
    )
    money.approved(world, money.proposed_return(world, money.unallocated(world)))
    for act in refused:
        with pytest.raises(WrongState) as error:
            act()
        assert error.value.code == "line-held"


def test_a_statement_that_waits_shows_what_it_would_hold(world: World) -> None:
    """Before it is confirmed nothing is held; who confirms it sees which lines will be."""
    told(world, FEE)
    content = "\n".join((HEADER, FEE, PAID, "")).encode()
    waits = import_statement(content=content, by=world.actor("treasurer"))
    [found] = reconciliation_of_statement(waits).sheets
    assert (found.held, found.moved.at_bank) == (1, D("25.00"))
    assert not HeldLine.objects.exists()
    confirm_statement(waits.pk, by=world.actor("second_treasurer"))
    waits.refresh_from_db()
    [found] = reconciliation_of_statement(waits).sheets
    assert (found.held, found.moved.at_bank) == (1, D("25.00"))


@pytest.mark.parametrize(("says", "count"), [(Says.SAME, 1), (Says.ANOTHER, 2)])
def test_two_people_decide(says: Says, count: int, world: World) -> None:
    """Who said it cannot confirm it; another line is named and booked like any."""
    held, by = money.held_line(world), world.actor("treasurer")
    assert propose_held_line(held.pk, says=says, by=by) == propose_held_line(
        held.pk, says=says, by=by
    )
    with pytest.raises(NotAllowed) as kept_out:
        confirm_held_line(held.pk, by=by)
    assert kept_out.value.code == "proposed-by-you"
    assert sheet(world).held == 1
    confirm_held_line(held.pk, by=world.actor("second_treasurer"))
    assert sheet(world).held == 0
    money.booked_item(world, held.alike)
    if says == Says.ANOTHER:
        money.booked_item(world, held.line)
    else:
        with pytest.raises(WrongState) as refused:
            propose_bank_item(held.line_id, kind=ItemKind.FEE, by=by)
        assert refused.value.code == "line-has-home"
    assert Account.objects.get(kind=AccountKind.BANK_FEE).balance == -15 * count
    assert sheet(world).named == 0
    assert list(state_faults()) == []


def test_what_is_rejected_stays_held(world: World, page_of: PageClients) -> None:
    """With a reason that the proposer is told of, and reads on the desk; it may be said again."""
    said = money.said_line(world)
    second = world.actor("second_treasurer")
    with pytest.raises(Invalid):
        reject_held_line(said.pk, reason=" ", by=second)
    reject_held_line(said.pk, reason="The bank has one.", by=second)
    assert sheet(world).held == 1
    catch_up()
    notice = Notice.objects.get(kind="held_line_rejected")
    assert notice.person_id == world.actor("treasurer").person_id
    desk = page_of("treasurer").get(reverse("desk")).content.decode()
    assert "The bank has one." in desk
    with pytest.raises(WrongState):
        confirm_held_line(said.pk, by=second)
    decided(world, said, Says.SAME)
    assert sheet(world).held == 0


def test_lines_that_two_decided_are_told_again(world: World) -> None:
    """Each of two fees finds its own; a third one is held again."""
    first, held = told(world, FEE, FEE)
    decided(world, HeldLine.objects.get(), Says.ANOTHER)
    told(world, FEE, FEE, PAID)
    again = HeldLine.objects.filter(state="held")
    assert {one.alike for one in again} == {first, held}
    for one in again:
        decided(world, one, Says.SAME)
    assert [row.at_bank for row in sheet(world).rows if row.at_bank == D("-15.00")] == [D(-15)] * 2


def test_what_came_in_is_told_again_by_its_number(world: World) -> None:
    """A payment is booked once, and its second line counts no more."""
    told(world, PAID, FEE)
    again, _other = told(world, PAID, at_bank("1.00", number="TX-0002"))
    repeated = RepeatedLine.objects.get()
    assert (repeated.line, repeated.first.reference) == (again, "TX-0001")
    assert sheet(world).moved.at_bank == D("26.00")


def test_pages_and_api_ask(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """Both buttons on the sheet and the page; the desk and the closing of the day say so too."""
    held = money.held_line(world)
    address = reverse("held_line_detail", args=[held.pk])
    say = reverse("held_line_propose", args=[held.pk])
    statement = reverse("bank_statement", args=[held.line.statement_id])
    for page in (statement, address, reverse("bank_day") + f"?day={DAY}"):
        text = page_of("treasurer").get(page).content.decode()
        assert text.count(say) == 2
        assert "The same line" in text
        assert say not in page_of("auditor").get(page).content.decode()
    assert address in page_of("second_treasurer").get(reverse("desk")).content.decode()
    closing = reverse("closing_detail", args=[money.proposed_closing(world).pk])
    text = page_of("second_treasurer").get(closing).content.decode()
    assert "One bank line of this day" in text
    listed = api_of("treasurer").get(reverse("api_list_closing_proposals")).json()["results"]
    assert [one["held_lines"] for one in listed] == [1]
    day = api_of("treasurer").get(reverse("api_get_day_reconciliation", args=[DAY])).json()
    rows = [row for row in day["sheets"][0]["rows"] if row["finding"] == "held"]
    assert [(row["held"], row["at_bank"]) for row in rows] == [(str(held.pk), None)]
    csv = page_of("treasurer").get(reverse("bank_day_csv") + f"?day={DAY}").content.decode()
    assert "held,,-15.00" in csv
    page_of("treasurer").post(say, {"says": "another"})
    text = page_of("second_treasurer").get(address).content.decode()
    assert reverse("held_line_confirm", args=[held.pk]) in text
    assert "Ask a second finance officer" in page_of("treasurer").get(address).content.decode()
    wrong = page_of("treasurer").post(say, {"says": "perhaps"})
    assert wrong.status_code == 422
