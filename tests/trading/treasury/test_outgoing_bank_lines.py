"""What went out at the bank beside the books: by our reference, or likely by its amount."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from marketplace.trading.orders.settlement.references import in_groups
from marketplace.trading.treasury.reconciliation.sheet import Finding
from tests.conftest import PageClients
from tests.given import money
from tests.given.world import World
from tests.trading.treasury.test_reconciling import D, imported, line, sheet_of


def test_what_goes_out_is_found_by_its_amount(world: World, page_of: PageClients) -> None:
    """A return that a second person approved; on the statement of a later day it is under way."""
    payment = money.unallocated(world, amount="500.00")
    returned = money.approved(world, money.proposed_return(world, payment))
    assert returned.decided_at is not None
    today = timezone.localdate(returned.decided_at).isoformat()
    early = imported(world, line("TX-0001", "1.00", on=today))
    outgoing = [row for row in sheet_of(early).rows if row.disbursement]
    assert [(row.finding, row.difference) for row in outgoing] == [
        (Finding.NOT_AT_BANK, D("500.00"))
    ]
    statement = imported(
        world, line("TX-0001", "1.00", on=today), line("OUT-0001", "-500.00", on=today)
    )
    sheet = sheet_of(statement)
    assert {row.finding for row in sheet.rows} == {Finding.LIKELY, Finding.UNALLOCATED}
    assert sheet.moved.difference == 0
    assert sheet.agrees
    page = page_of("treasurer").get(reverse("bank_statement", args=[statement.pk]))
    assert "One outgoing line fits by its amount alone." in page.content.decode()


def test_what_goes_out_is_found_by_our_reference_first(world: World, page_of: PageClients) -> None:
    """Two of the same amount are told apart, and another amount under our reference differs."""
    sent = [
        money.approved(
            world, money.proposed_return(world, money.unallocated(world, amount="500.00"))
        )
        for _number in range(2)
    ]
    assert sent[0].decided_at is not None
    today = timezone.localdate(sent[0].decided_at).isoformat()
    first, second = (in_groups(each.reference) for each in sent)
    page = page_of("treasurer").get(reverse("disbursement_detail", args=[sent[0].pk]))
    assert first in page.content.decode()
    statement = imported(
        world,
        line("OUT-0001", "-500.00", on=today, text=f"Payout {second}"),
        line("OUT-0002", "-500.00", on=today, text=first),
    )
    rows = {row.reference: row for row in sheet_of(statement).rows if row.disbursement}
    assert rows["OUT-0001"].disbursement == sent[1]
    assert rows["OUT-0002"].disbursement == sent[0]
    assert {row.finding for row in rows.values()} == {Finding.MATCHED}
    page = page_of("treasurer").get(reverse("bank_statement", args=[statement.pk]))
    assert "by its amount alone" not in page.content.decode()
    third = money.approved(
        world, money.proposed_return(world, money.unallocated(world, amount="500.00"))
    )
    text = in_groups(third.reference)
    other = imported(world, line("OUT-0003", "-499.00", on=today, text=text))
    [row] = [row for row in sheet_of(other).rows if row.reference == "OUT-0003"]
    assert (row.finding, row.difference) == (Finding.AMOUNT_DIFFERS, D("1.00"))
