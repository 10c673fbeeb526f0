"""Terms of trades that reach into a year whose working days nobody knows yet."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils.formats import date_format

from marketplace.core import clock
from marketplace.core.errors import NotAllowed
from marketplace.ledger.binding import bound
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.services import expire_amendments
from marketplace.trading.orders.delivery.services import complete_silent_orders
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.services import appeal_dispute, close_due_disputes
from marketplace.trading.orders.last_day.services import settle_trading_terms
from marketplace.trading.orders.negotiation.services import expire_offers
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import amendments, disputes
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.rights import at
from tests.given.world import World

BEGUN, LATE = at("2026-12-30"), at("2027-03-01")


@pytest.fixture
def arrive(settings: LazySettings, tmp_path: Path) -> Callable[[], None]:
    """Take away the years to come, and let the calendar of 2027 arrive when it is called."""
    settings.CENTRE = settings.CENTRE | {"CALENDARS": str(tmp_path)}

    def bring() -> None:
        calendar = {"years": [2027], "holidays": ["2027-01-01"], "makeup_workdays": []}
        (tmp_path / "CN-2027.json").write_text(json.dumps(calendar))

    return bring


@pytest.mark.drawn(2, of="terms without a calendar")
def test_silence_does_not_release_money_before_the_calendar_says_when(
    arrive: Callable[[], None], world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The buyer keeps every day to check the delivery; then the term ends as it should have."""
    with clock.stopped_at(BEGUN):
        order = given.delivered(world)
        page = page_of("buyer").get(reverse("order_detail", args=[order.pk])).content.decode()
        told = api_of("buyer").get(f"/api/v1/orders/{order.pk}/").json()
    assert order.acceptance_due_on == date(2027, 1, 6)
    assert page.count(f"{date_format(date(2027, 1, 6))} (provisional)") == 2
    assert "acceptance_due_on" in told["provisional_terms"]
    with clock.stopped_at(LATE):
        assert complete_silent_orders(by=given.SYSTEM) == []
    arrive()
    with clock.stopped_at(at("2027-01-07")):
        # By the calendar this is the last day, whether or not it was put down yet.
        assert complete_silent_orders(by=given.SYSTEM) == []
        assert settle_trading_terms(by=given.SYSTEM) == [order.pk]
        assert settle_trading_terms(by=given.SYSTEM) == []
        assert complete_silent_orders(by=given.SYSTEM) == []
    order = Order.objects.get(pk=order.pk)
    assert (order.acceptance_due_on, order.provisional) == (date(2027, 1, 7), {})
    [entry] = Entry.objects.filter(kind="trading.term_settled")
    assert entry.subject == f"order:{order.pk}"
    assert entry.payload == {
        "what": "acceptance_due_on",
        "before": "2027-01-06",
        "due_on": "2027-01-07",
        "bound": bound(order),
    }
    catch_up()
    told_to = {notice.person.email for notice in Notice.objects.filter(kind="term_settled")}
    assert {"buyer@example.org", "officer@example.org"} <= told_to
    with clock.stopped_at(at("2027-01-08")):
        assert complete_silent_orders(by=given.SYSTEM) == [order.pk]


@pytest.mark.drawn(2, of="terms without a calendar")
def test_an_offer_does_not_run_out_before_the_calendar_says_when(
    arrive: Callable[[], None], world: World
) -> None:
    """Then it runs out by the day that was counted anew."""
    with clock.stopped_at(BEGUN):
        order = given.placed(world)
    with clock.stopped_at(LATE):
        assert expire_offers(by=given.SYSTEM) == []
        arrive()
        assert settle_trading_terms(by=given.SYSTEM) == [order.pk]
        assert expire_offers(by=given.SYSTEM) == [order.pk]


@pytest.mark.drawn(2, of="terms without a calendar")
def test_an_amendment_does_not_run_out_before_the_calendar_says_when(
    arrive: Callable[[], None], world: World
) -> None:
    """The same for what waits for signatures."""
    with clock.stopped_at(BEGUN):
        amendment = amendments.proposed(world)
    with clock.stopped_at(LATE):
        assert expire_amendments(by=given.SYSTEM) == []
        arrive()
        assert amendment.pk in settle_trading_terms(by=given.SYSTEM)
        assert Amendment.objects.get(pk=amendment.pk).provisional == {}
        assert expire_amendments(by=given.SYSTEM) == [amendment.pk]


@pytest.mark.drawn(2, of="terms without a calendar")
def test_a_decision_takes_no_effect_before_the_calendar_says_when(
    arrive: Callable[[], None], world: World
) -> None:
    """A side may appeal as long as nobody can know that it is too late."""
    with clock.stopped_at(BEGUN):
        dispute = disputes.decided(world)
    with clock.stopped_at(LATE):
        assert close_due_disputes(by=given.SYSTEM) == []
        appeal_dispute(dispute.pk, text="Before the court of Lanwan.", by=world.actor("buyer"))
        arrive()
        settle_trading_terms(by=given.SYSTEM)
    kept = Dispute.objects.get(pk=dispute.pk)
    over = Entry.objects.get(kind="trading.terms_over", subject=f"dispute:{kept.pk}")
    assert over.payload == {"bound": bound(kept)}
    assert (kept.appeal_until, kept.provisional) == (dispute.appeal_until, {})
    assert not Entry.objects.filter(kind="trading.term_settled", subject=f"dispute:{kept.pk}")


def test_only_the_software_counts_anew(world: World) -> None:
    """Nobody moves a day by hand."""
    with pytest.raises(NotAllowed):
        settle_trading_terms(by=world.actor("buyer"))
