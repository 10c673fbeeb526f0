"""The wider world of the demo: its products, its desks, and the books of its year."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.core.actor import Actor
from marketplace.demo.story.cast import APPLICANT, AUDITOR, EVERYBODY
from marketplace.demo.story.stage import Stage
from marketplace.demo.story.trades import MONTHS
from marketplace.desk.selectors.waiting import own_paths, tasks_of
from marketplace.ledger.services.verification import verify_ledger
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.plans import PlanKind
from marketplace.trading.orders.order.models import Order
from tests.trading.year.checker import findings, read
from tests.trading.year.dump import dump
from tests.trading.year.test_year import fee_off_by_a_cent, tampered

DOZEN, BUYERS, MOST_OF_A_YEAR = 12, 5, 280
CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")


def test_the_books_of_the_year_reconcile(played: Stage, tmp_path: Path) -> None:
    """Invoices, parts, bank charges, payouts and closings, from plain tables; one cent shows."""
    folder = dump(tmp_path / "year")
    assert findings(folder) == []
    tables = read(folder)
    closed = [row["day"] for row in tables["treasury_dayclosing"]]
    assert len(closed) == len(MONTHS)
    assert (date.fromisoformat(max(closed)) - date.fromisoformat(min(closed))).days > MOST_OF_A_YEAR
    assert any(Decimal(row["borne"]) for row in tables["orders_charge"])
    [fee] = tables["treasury_bankitem"]
    assert (fee["kind"], fee["state"]) == ("bank_fee", "booked")
    assert Decimal(fee["amount"]) == -12
    assert {row["kind"] for row in tables["treasury_disbursement"]} == {
        "payout",
        "refund",
        "return",
    }
    assert {row["kind"] for row in tables["orders_invoice"]} == {"invoice", "credit", "fee"}
    found = findings(tampered(folder, tmp_path / "tampered", fee_off_by_a_cent))
    assert "division" in {said.partition(":")[0] for said in found}


def test_what_acts_left_is_whole(played: Stage) -> None:
    """After a year and a kill no bound row differs from what the ledger says of it."""
    assert verify_ledger(with_state=True).faults == ()


def test_products_of_every_mode_plan_and_state(played: Stage) -> None:
    """More than a dozen; some wait or were sent back, and others than the insurer buy."""
    rows = Listing.objects.all()
    assert len({row.product_id for row in rows}) > DOZEN
    assert {row.delivery_mode for row in rows} == {"file", "api", "sharing", "sandbox", "scoring"}
    assert {row.price_plan.kind for row in rows} == {*PlanKind}
    assert any(row.is_exclusive for row in rows)
    assert any(row.visible_kinds for row in rows)
    states = {*ListingState} - {ListingState.DRAFT, ListingState.SUPERSEDED}
    assert {row.state for row in rows} == states
    assert {row.state for row in Dataset.objects.all()} == {*DatasetState} - {DatasetState.RETIRED}
    assert Order.objects.values("buyer").distinct().count() == BUYERS
    assert all(CHINESE.search(row.title) for row in rows)


def test_something_waits_for_each_desk(played: Stage) -> None:
    """Whoever signs in finds something to do, but who only looks and who is not let in yet."""
    idle = {part.email for part in EVERYBODY if not waits_for(played.actor(part))}
    assert idle == {AUDITOR.email, APPLICANT.email}


def waits_for(by: Actor) -> bool:
    """Return whether a desk shows something."""
    return bool(tasks_of(by, own_paths(by).unfinished))
