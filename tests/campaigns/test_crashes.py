"""`kill -9` at named points between order and accepted delivery.

What was acknowledged has happened, once; what was not is asked for again, until it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from marketplace.ledger.models import Entry
from marketplace.preparation.release.models import Copy
from marketplace.vault.models import Purpose, StoredFile
from tests.campaigns.crashing import OF_A_REQUEST, OF_A_RUN, OF_THE_LOOP
from tests.campaigns.dying import Dying
from tests.campaigns.serving import Site
from tests.campaigns.trade import Trade, check_nothing_lost_or_doubled, settled
from tests.campaigns.waiting import until
from tests.given import trading as given
from tests.given.world import World

pytestmark = [pytest.mark.postgres]
LONG = 10
REQUESTS = 8
"""Requests of a trade that change something."""


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_a_trade_goes_on_after_each_death(
    serve: Callable[..., Site], loop: Dying, chance: Random
) -> None:
    """Every request of a trade dies once, and the loop while it reacts: each at a point drawn."""
    listing, site = given.published(World()), serve()
    trade = Trade(site, listing.pk, OF_A_REQUEST, chance=chance)
    trade.order_is_signed()
    pay_and_die(trade, loop, chance.choice(OF_THE_LOOP))
    check_nothing_lost_or_doubled([trade])
    assert trade.kills == REQUESTS
    assert loop.deaths() == 1


def pay_and_die(trade: Trade, process: Dying, point: str) -> None:
    """Pay, let a process die while it sees to that, and bring the trade to its end."""
    until(settled)
    deaths = process.deaths()
    process.arm(point)
    trade.pay()
    until(lambda: process.deaths() > deaths)
    trade.download()
    trade.act("buyer", f"orders/{trade.order}/accept-delivery/")


@pytest.mark.campaign
def test_killed_workers_lose_and_double_nothing(
    serve: Callable[..., Site],
    loop: Dying,
    record_property: Callable[[str, object], None],
) -> None:
    """Every request of a trade dies at every point."""
    listing, site = given.published(World()), serve()
    done = [Trade(site, listing.pk, OF_A_REQUEST) for _number in range(LONG)]
    for trade in done:
        trade.run()
    check_nothing_lost_or_doubled(done)
    record_property("points", len(OF_A_REQUEST) * REQUESTS)
    record_property("kills", sum(trade.kills for trade in done))
    # After a commit the answer is kept, and a repeated request meets fewer points.
    assert min(trade.kills for trade in done) >= REQUESTS * (len(OF_A_REQUEST) - 1)


@pytest.mark.campaign
def test_a_killed_loop_loses_and_doubles_nothing(
    serve: Callable[..., Site],
    loop: Dying,
    record_property: Callable[[str, object], None],
) -> None:
    """The loop dies at every point of sealing and reacting to a payment."""
    listing, site = given.published(World()), serve()
    done = []
    for _round in range(LONG):
        for point in OF_THE_LOOP:
            done.append(Trade(site, listing.pk, points=()))
            done[-1].order_is_signed()
            pay_and_die(done[-1], loop, point)
    check_nothing_lost_or_doubled(done)
    record_property("points", len(OF_THE_LOOP))
    record_property("kills", loop.deaths())
    assert loop.deaths() == len(done)


@pytest.mark.campaign
def test_a_killed_worker_loses_and_doubles_no_copy(
    short_lease: None,
    serve: Callable[..., Site],
    loop: Dying,
    worker: Dying,
    record_property: Callable[[str, object], None],
) -> None:
    """The worker dies at every point of writing a buyer's copy; another does it again.

    One such death is part of every run of the tests, in `tests/pipeline/test_recovery.py`.
    """
    cut = replace(given.OFFER.terms, columns=("line", "boardings"))
    listing, site = given.published(World(), terms=cut), serve()
    kept = StoredFile.objects.filter(purpose=Purpose.MASKED).count()
    done = []
    for _round in range(LONG):
        for point in OF_A_RUN:
            done.append(Trade(site, listing.pk, points=()))
            done[-1].order_is_signed()
            pay_and_die(done[-1], worker, point)
    check_nothing_lost_or_doubled(done)
    record_property("points", len(OF_A_RUN))
    record_property("kills", worker.deaths())
    assert worker.deaths() == len(done)
    assert Copy.objects.filter(passed=True, run__state="done").count() == len(done)
    assert Entry.objects.filter(kind="preparation.copy_finished").count() == len(done)
    assert StoredFile.objects.filter(purpose=Purpose.MASKED).count() == kept + len(done)
