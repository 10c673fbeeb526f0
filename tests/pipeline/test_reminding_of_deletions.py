"""Who owes a statement of deletion is reminded once at each stage, and stands on a list."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import NotAllowed
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.deletion.services import remind_of_overdue_deletions, state_deletion
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.services import STAGES
from tests.conftest import ApiClients, PageClients
from tests.given import recalls
from tests.given import trading as given
from tests.given.world import World
from tests.pipeline.test_telling_of_money import BUYERS, REVIEWERS, SELLERS, told


def remind(order: Order, days: int) -> int:
    """Look so many days after the last day; return how many deletions were called to mind."""
    with clock.stopped_at(after(order, days)):
        return len(remind_of_overdue_deletions(by=given.SYSTEM))


def after(order: Order, days: int) -> datetime:
    due = Deletion.objects.get(order=order).due_on
    return clock.now() + timedelta(days=(due - clock.today()).days + days)


def test_three_stages(world: World) -> None:
    """The buyer first, then the seller too, at last the reviewers; each once, however often."""
    order = recalls.recalled(world)
    assert remind(order, 0) == 0
    everybody: set[str] = set()
    for days, more in zip(STAGES, (BUYERS, SELLERS, REVIEWERS), strict=True):
        Notice.objects.filter(kind="deletion_overdue").delete()
        assert remind(order, days) == 1
        everybody |= more
        assert told("deletion_overdue") == everybody
        for later in (days, days + 5):
            assert remind(order, later) == 0
    notice = Notice.objects.filter(kind="deletion_overdue")[0]
    assert notice.parameters["day"] == str(Deletion.objects.get(order=order).due_on)
    with pytest.raises(NotAllowed):
        remind_of_overdue_deletions(by=world.actor("reviewer"))


def test_what_was_missed_is_one_reminder_and_what_is_stated_none(world: World) -> None:
    order = recalls.recalled(world)
    assert remind(order, 100) == 1
    assert Entry.objects.get(kind="trading.deletion_overdue").payload["stage"] == 3
    Deletion.objects.update(reminded=0)
    state_deletion(order.pk, statement=recalls.STATEMENT, by=world.actor("buyer"))
    assert remind(order, 100) == 0


def test_reviewers_see_who_owes_one(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """From the day after the last day until it is stated; the seller sees those of its data."""
    order = recalls.recalled(world)
    title = order.listing.title
    for days, seen in ((0, False), (1, True)):
        with clock.stopped_at(after(order, days)):
            page = page_of("reviewer").get(reverse("overdue_deletion_list"))
            assert (title in page.content.decode()) is seen
            # Each cell says what it is where rows are shown as cards.
            assert ('data-label="Buyer"' in page.content.decode()) is seen
            for name, rows in (("reviewer", int(seen)), ("officer", int(seen)), ("buyer", 0)):
                found = api_of(name).get(reverse("api_list_overdue_deletions")).json()
                assert len(found["results"]) == rows
    state_deletion(order.pk, statement=recalls.STATEMENT, by=world.actor("buyer"))
    with clock.stopped_at(after(order, 9)):
        page = page_of("reviewer").get(reverse("overdue_deletion_list"))
        assert "No buyer owes a statement of deletion." in page.content.decode()


def test_a_stranger_is_no_software(world: World, page_of: PageClients) -> None:
    """Who reported it stands in the timeline as somebody, and as nobody known."""
    doubt = recalls.examined(world)
    page = page_of("reviewer").get(reverse("reidentification_detail", args=[doubt.pk]))
    shown = page.content.decode()
    assert "a member of the public" in shown
    assert "the centre\x27s software" not in shown
