"""A finance officer says which bank line was which outgoing money, and may take it back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.core.errors import Invalid, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.services import (
    confirm_match,
    decline_match,
    withdraw_match,
)
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.reconciliation.sheet import Finding, Row
from tests.conftest import ApiClients, PageClients
from tests.given import money
from tests.given.world import World
from tests.trading.treasury.test_reconciling import D, imported, line, sheet_of


def outgoing(statement: BankStatement) -> dict[str, Row]:
    """Return the rows of what went out, by the bank's reference; "" is not at the bank."""
    return {row.reference: row for row in sheet_of(statement).rows if row.disbursement or row.line}


def findings(statement: BankStatement) -> dict[str, Finding]:
    """Return how each outgoing line stands."""
    return {reference: row.finding for reference, row in outgoing(statement).items()}


def sent_twice(world: World) -> tuple[Disbursement, Disbursement, BankLine]:
    """Send the same amount twice, of which the bank booked one."""
    first, second = (
        money.approved(
            world, money.proposed_return(world, money.unallocated(world, amount="500.00"))
        )
        for _number in range(2)
    )
    return first, second, money.line_out(world, first)


def test_confirmed_the_line_agrees(world: World, page_of: PageClients) -> None:
    """It says so on the statement, and again where a later statement repeats the line."""
    match = money.confirmed_match(world)
    found, treasurer = match.line, page_of("treasurer")
    assert findings(found.statement)[found.reference] == Finding.CONFIRMED
    page = treasurer.get(reverse("bank_statement", args=[found.statement_id])).content.decode()
    assert "Agrees, confirmed by a finance officer" in page
    assert "by its amount alone" not in page
    again = imported(
        world,
        line(found.reference, str(found.amount), on=found.booked_on.isoformat()),
        line("TX-9999", "1.00", on=found.booked_on.isoformat()),
    )
    assert again != found.statement
    assert findings(again)[found.reference] == Finding.CONFIRMED
    shown = treasurer.get(reverse("match_detail", args=[match.pk])).content.decode()
    assert world.person("treasurer").name in shown
    sent = treasurer.get(reverse("disbursement_detail", args=[match.disbursement_id]))
    assert found.reference in sent.content.decode()


def test_declined_the_next_is_likely(world: World) -> None:
    """Of two of the same amount; when both are declined, line and money differ."""
    first, second, found = sent_twice(world)
    statement, treasurer = found.statement, world.actor("treasurer")
    assert outgoing(statement)[found.reference].disbursement == first
    decline_match(found.pk, disbursement=first.pk, by=treasurer)
    row = outgoing(statement)[found.reference]
    assert (row.finding, row.disbursement) == (Finding.LIKELY, second)
    decline_match(found.pk, disbursement=second.pk, by=treasurer)
    assert findings(statement)[found.reference] == Finding.NOT_BOOKED
    missing = [row for row in sheet_of(statement).rows if row.finding == Finding.NOT_AT_BANK]
    assert {row.disbursement for row in missing if row.disbursement} == {first, second}
    assert not sheet_of(statement).agrees


def test_taken_back_it_is_likely_again(world: World) -> None:
    """With the reason kept; each step is a fact of line, money and statement."""
    match = money.confirmed_match(world)
    treasurer = world.actor("treasurer")
    with pytest.raises(Invalid):
        withdraw_match(match.pk, reason="  ", by=treasurer)
    withdrawn = withdraw_match(match.pk, reason="It was another payout.", by=treasurer)
    assert (withdrawn.state, withdrawn.reason) == ("withdrawn", "It was another payout.")
    statement = match.line.statement
    assert findings(statement)[match.line.reference] == Finding.LIKELY
    decline_match(match.line_id, disbursement=match.disbursement_id, by=treasurer)
    assert findings(statement)[match.line.reference] == Finding.NOT_BOOKED
    facts = Entry.objects.filter(kind__startswith="trading.bank_match").order_by("id")
    assert [fact.kind.rsplit("_", 1)[1] for fact in facts] == ["confirmed", "withdrawn", "declined"]
    subject = f"disbursement:{match.disbursement_id}"
    assert all(fact.mentions.filter(subject=subject).exists() for fact in facts)
    assert BankMatch.objects.count() == 1


def test_one_word_for_a_line_and_for_money(world: World) -> None:
    """A line is one payout and a payout is one line, until the word is taken back."""
    first, second, found = sent_twice(world)
    other, treasurer = money.line_out(world, second), world.actor("treasurer")
    match = confirm_match(found.pk, disbursement=first.pk, by=treasurer)
    for line_id, sent, code in (
        (found.pk, second, "line-confirmed"),
        (other.pk, first, "outgoing-confirmed"),
    ):
        with pytest.raises(WrongState) as refused:
            confirm_match(line_id, disbursement=sent.pk, by=treasurer)
        assert refused.value.code == code
    # What one line accounts for is not likely another one.
    assert outgoing(other.statement)[other.reference].disbursement == second
    withdraw_match(match.pk, reason="The other way round.", by=treasurer)
    confirm_match(found.pk, disbursement=second.pk, by=treasurer)
    confirm_match(other.pk, disbursement=first.pk, by=treasurer)
    assert BankMatch.objects.filter(state="confirmed").count() == 2


def test_what_the_bank_names_needs_no_word(world: World) -> None:
    """Nor does a word stand against the bank's own text that comes later."""
    first, second, found = sent_twice(world)
    treasurer = world.actor("treasurer")
    confirm_match(found.pk, disbursement=first.pk, by=treasurer)
    named = money.line_out(world, first, text=f"Payout {first.reference}")
    assert findings(named.statement)[named.reference] == Finding.MATCHED
    row = outgoing(found.statement)[found.reference]
    assert (row.finding, row.disbursement) == (Finding.LIKELY, second)
    assert row.match is not None
    withdraw_match(row.match.pk, reason="The bank names another.", by=treasurer)
    for line_id, sent in ((named.pk, second), (found.pk, first)):
        with pytest.raises(WrongState) as refused:
            confirm_match(line_id, disbursement=sent.pk, by=treasurer)
        assert refused.value.code == "found-by-reference"


def test_what_cannot_be_the_line_is_refused(world: World, api_of: ApiClients) -> None:
    """Another amount, money that did not leave yet, or came in; nothing is kept."""
    found, treasurer = money.likely_line(world), world.actor("treasurer")
    other = money.approved(
        world, money.proposed_return(world, money.unallocated(world, amount="499.00"))
    )
    waiting = money.proposed_return(world, money.unallocated(world, amount="500.00"))
    came = BankLine.objects.filter(amount__gt=0)[0]
    sent = Disbursement.objects.get(state="approved", amount=D("500.00"))
    early = imported(
        world, line("OUT-EARLY", "-500.00", on=(found.booked_on - timedelta(1)).isoformat())
    ).lines.get()
    for asked, refused_money in ((found, other), (found, waiting), (came, sent), (early, sent)):
        with pytest.raises(Invalid) as refused:
            confirm_match(asked.pk, disbursement=refused_money.pk, by=treasurer)
        assert refused.value.code == "line-differs"
    with pytest.raises(NotFound):
        confirm_match(found.pk, disbursement=uuid4(), by=treasurer)
    address = reverse("api_confirm_bank_match", args=[found.pk])
    answer = api_of("treasurer").post(address, {"disbursement": str(other.pk)}, format="json")
    assert answer.status_code == 422
    assert "amount" in answer.json()["detail"]
    assert not BankMatch.objects.exists()
    assert timezone.localdate(sent.decided_at) == found.booked_on


def test_buttons_and_refusals_on_the_page(world: World, page_of: PageClients) -> None:
    """The treasurer decides on the statement; others read; what is refused is told there."""
    found = money.likely_line(world)
    statement = reverse("bank_statement", args=[found.statement_id])
    confirm = reverse("match_confirm", args=[found.pk])
    assert confirm in page_of("treasurer").get(statement).content.decode()
    assert confirm not in page_of("auditor").get(statement).content.decode()
    other = money.approved(
        world, money.proposed_return(world, money.unallocated(world, amount="499.00"))
    )
    client = page_of("treasurer")
    refused = client.post(confirm, {"disbursement": str(other.pk)}, follow=True)
    assert "This line cannot be that money" in refused.content.decode()
    assert not BankMatch.objects.exists()


def test_by_program(world: World, api_of: ApiClients) -> None:
    """The row names line and money; the list tells what was said."""
    found, client = money.likely_line(world), api_of("treasurer")
    address = reverse("api_get_statement_reconciliation", args=[found.statement_id])
    rows = client.get(address).json()["sheets"][0]["rows"]
    [row] = [row for row in rows if row["finding"] == "likely"]
    assert row["line"] == str(found.pk)
    data = {"disbursement": row["disbursement"]}
    said = client.post(
        reverse("api_confirm_bank_match", args=[found.pk]), data, format="json"
    ).json()
    rows = client.get(address).json()["sheets"][0]["rows"]
    assert [row["match"] for row in rows if row["finding"] == "confirmed"] == [said["id"]]
    listed = api_of("auditor").get(reverse("api_list_bank_matches")).json()["results"]
    assert [(each["id"], each["state"]) for each in listed] == [(said["id"], "confirmed")]
    assert api_of("officer").get(reverse("api_list_bank_matches")).json()["results"] == []
