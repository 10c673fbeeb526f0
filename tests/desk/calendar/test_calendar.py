"""What is due stands in the calendar of whom it concerns, on its page, in the API and as a feed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from marketplace.accounts.models import Token
from marketplace.accounts.token.services import create_token, revoke_token, set_token_policy
from marketplace.core import clock
from marketplace.core.scopes import Scope
from marketplace.desk.calendar.selectors import DATED, HORIZON_DAYS, calendar_of
from marketplace.desk.selectors.waiting import tasks_of
from marketplace.trading.listings.plans import Subscription
from marketplace.trading.orders.settlement.models import Charge
from tests.conftest import ApiClients, PageClients
from tests.given import arrivals, delivery, disputes, intakes
from tests.given import trading as given
from tests.given.rights import certified
from tests.given.world import World


def at(day: date) -> datetime:
    """Return the noon of a day."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


def whats(world: World, person: str) -> set[str]:
    """Return the kinds of lines in somebody's calendar."""
    return {due.what for due in calendar_of(world.actor(person))}


def address_of(world: World, page_of: PageClients, person: str = "buyer") -> str:
    """Make an address as its page does, and return its path."""
    answer = page_of(person).post(reverse("calendar_address"), {"make": "1"})
    assert answer.status_code == 200
    page = answer.content.decode()
    return "/" + page.split('<code class="long">')[1].split("</code>")[0].split("/", 3)[3]


def read(path: str) -> Any:
    """Read a feed as a calendar program does, without a session."""
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return Calendar.from_ical(answer.content)


def test_each_side_reads_its_own_days(world: World) -> None:
    """Of one trade: the buyer's licence, the seller's proofs, the centre's money."""
    delivery.granted(world)
    assert {"Your licence runs out"} <= whats(world, "buyer")
    seller = whats(world, "officer")
    assert {
        "The risk report of an offer ends",
        "A buyer's licence runs out",
        "Raw data is destroyed",
    } <= seller
    assert whats(world, "stranger") == set()
    assert "A buyer's licence runs out" not in whats(world, "buyer")


def test_a_payment_that_is_due(world: World) -> None:
    """The buyer has to do it, the centre's finance officer has to know it."""
    order = given.signed(world)
    due_on = Charge.objects.get(order=order).due_on
    mine = [due for due in calendar_of(world.actor("buyer")) if due.is_mine]
    assert [(due.on, due.what) for due in mine] == [(due_on, "Pay an amount")]
    known = [due for due in calendar_of(world.actor("treasurer")) if due.on == due_on]
    assert [(due.what, due.is_mine) for due in known] == [("A payment is due to arrive", False)]


def test_later_amounts_are_known_before_they_wait(world: World) -> None:
    """Twelve months are in the calendar; on the desk is what is due within two weeks."""
    plan = Subscription(amount=Decimal("100.00"), period_months=1, periods=12)
    listing = given.published(world, plan=plan, price=Decimal("0.00"))
    given.paid(world, given.placed(world, listing))
    found = [due for due in calendar_of(world.actor("buyer")) if due.what == "An amount is due"]
    assert len(found) == 11
    waiting = {str(task.what) for task in tasks_of(world.actor("buyer"), [])}
    assert "Pay an amount" not in waiting
    with clock.stopped_at(at(found[0].on - timedelta(days=14))):
        mine = [due for due in calendar_of(world.actor("buyer")) if due.is_mine]
        assert [(due.on, due.what) for due in mine if due.what == "Pay an amount"] == [
            (found[0].on, "Pay an amount")
        ]


def test_what_is_late_stays_and_what_is_far_does_not_come_yet(world: World) -> None:
    """An amount that was due stays; the end of a licence comes within its year."""
    order = given.signed(world)
    due_on = Charge.objects.get(order=order).due_on
    with clock.stopped_at(clock.now() + timedelta(days=(due_on - clock.today()).days + 9)):
        late = [due for due in calendar_of(world.actor("buyer")) if due.is_mine]
        assert [due.on for due in late] == [due_on]
    end = certified(world).valid_until
    for days, is_seen in ((HORIZON_DAYS + 1, False), (HORIZON_DAYS, True), (0, True), (-1, False)):
        with clock.stopped_at(at(end - timedelta(days=days))):
            assert ("A certificate ends" in whats(world, "officer")) == is_seen, days


def test_a_dispute_and_a_file_that_came(world: World) -> None:
    """What may be appealed until when, and what is dropped when."""
    disputes.decided(world)
    assert "A decision may be appealed until" in whats(world, "buyer")
    assert "A decision may be appealed until" in whats(world, "officer")
    intakes.waiting(world)
    assert "A file that came is dropped unless it is taken" in whats(world, "officer")


def test_a_feed(world: World) -> None:
    """The day of the next arrival."""
    arrivals.opened_feed(world)
    assert "New data is expected" in whats(world, "officer")


def test_page_and_api_say_the_same(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """Also what is left when only one's own is asked for; an unknown word shows everything."""
    given.signed(world)
    dues = calendar_of(world.actor("buyer"))
    body = api_of("buyer").get(reverse("api_get_calendar")).json()
    assert [row["uid"] for row in body["dues"]] == [str(due.uid) for due in dues]
    page = page_of("buyer").get(reverse("calendar")).content.decode()
    assert all(due.url in page for due in dues)
    narrowed = page_of("officer").get(reverse("calendar"), {"show": "mine"}).content.decode()
    assert "Raw data is destroyed" not in narrowed
    whole = page_of("officer").get(reverse("calendar"), {"show": "nothing"}).content.decode()
    assert "Raw data is destroyed" in whole


def test_a_calendar_program_reads_it(world: World, page_of: PageClients) -> None:
    """Whole days with whole addresses, in its person's language, each moved and not doubled."""
    order = given.signed(world)
    path = address_of(world, page_of)
    events = list(read(path).walk("VEVENT"))
    assert len(events) == len(calendar_of(world.actor("buyer")))
    charge = Charge.objects.get(order=order)
    event = next(each for each in events if "Pay an amount" in str(each["summary"]))
    assert event["dtstart"].dt == charge.due_on
    assert event["dtend"].dt == charge.due_on + timedelta(days=1)
    assert str(event["url"]).endswith(reverse("order_detail", args=[order.pk]))
    person = world.person("buyer")
    person.language = "zh-hans"
    person.save(update_fields=["language"])
    translated = next(each for each in read(path).walk("VEVENT") if each["uid"] == event["uid"])
    assert "Pay an amount" not in str(translated["summary"])


@pytest.mark.parametrize("scopes", [{"read"}, {"calendar", "read"}, {"trade"}])
def test_a_token_that_opens_more_does_not_stand_in_an_address(
    scopes: set[str], world: World
) -> None:
    """Addresses end in logs: what opens more than a calendar is refused there."""
    issued = create_token(
        name="A program", days=30, scopes=frozenset(scopes), by=world.actor("buyer")
    )
    answer = Client().get(reverse("calendar_feed", args=[issued.secret]))
    assert answer.status_code == 404


def test_the_address_opens_nothing_but_the_calendar(
    world: World, page_of: PageClients, client: Client
) -> None:
    """Whoever finds it in a log reads titles and days, and can do nothing in its name."""
    given.signed(world)
    secret = address_of(world, page_of).split("/")[-1].removesuffix(".ics")
    for route in ("api_list_orders", "api_get_calendar", "api_list_tokens"):
        answer = client.get(reverse(route), headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 403, route
    assert client.get(reverse("desk")).status_code == 302


def test_the_address_ends(world: World, page_of: PageClients) -> None:
    """When it is revoked, when the organization lets tokens read no calendar, and by itself."""
    path = address_of(world, page_of)
    read(path)
    token = Token.objects.get(scopes=["calendar"])
    with clock.stopped_at(token.expires_at + timedelta(seconds=1)):
        assert Client().get(path).status_code == 404
    set_token_policy(
        world.organization("buyer").pk,
        scopes=frozenset({Scope.READ.value}),
        days=90,
        by=world.actor("buyer"),
    )
    assert Client().get(path).status_code == 404
    assert page_of("buyer").post(reverse("calendar_address"), {"make": "1"}).status_code == 422
    set_token_policy(
        world.organization("buyer").pk,
        scopes=frozenset({Scope.CALENDAR.value}),
        days=90,
        by=world.actor("buyer"),
    )
    read(path)
    revoke_token(token.pk, by=world.actor("buyer"))
    assert Client().get(path).status_code == 404
    assert Client().get(reverse("calendar_feed", args=["nobody"])).status_code == 404


def test_nobody_reads_what_a_role_no_longer_shows(world: World, page_of: PageClients) -> None:
    """A calendar shows no more than its person sees at this moment."""
    given.signed(world)
    path = address_of(world, page_of)
    assert "Pay an amount" in str(read(path).to_ical())
    world.person("buyer").role_grants.all().delete()
    assert "Pay an amount" not in str(read(path).to_ical())


def test_every_kind_names_a_page(world: World) -> None:
    """And no two kinds are the same."""
    assert len({(str(kind.what), kind.page) for kind in DATED}) == len(DATED)
