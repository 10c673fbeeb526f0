"""`kill -9` at named points between order and accepted delivery.

What was acknowledged has happened, once; what was not is asked for again, until it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from marketplace.ledger.models import Entry
from marketplace.preparation.models import Copy
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
IN_REQUESTS = [
    pytest.param(1, ("before-commit", "after-commit"), id="short"),
    pytest.param(LONG, OF_A_REQUEST, marks=pytest.mark.campaign, id="long"),
]
IN_TURNS = [
    pytest.param(1, ("after-head", "after-grant", "after-commit"), id="short"),
    pytest.param(LONG, OF_THE_LOOP, marks=pytest.mark.campaign, id="long"),
]
REQUESTS = 7
"""Requests of a trade that change something."""


@pytest.mark.parametrize(("trades", "points"), IN_REQUESTS)
def test_killed_workers_lose_and_double_nothing(
    trades: int,
    points: tuple[str, ...],
    serve: Callable[..., Site],
    loop: Dying,
    record_property: Callable[[str, object], None],
) -> None:
    """Every request of a trade dies at every point."""
    listing, site = given.published(World()), serve()
    done = [Trade(site, listing.pk, points) for _number in range(trades)]
    for trade in done:
        trade.run()
    check_nothing_lost_or_doubled(done)
    record_property("points", len(points) * REQUESTS)
    record_property("kills", sum(trade.kills for trade in done))
    # After a commit the answer is kept, and a repeated request meets fewer points.
    assert min(trade.kills for trade in done) >= REQUESTS * (len(points) - 1)


@pytest.mark.parametrize(("rounds", "points"), IN_TURNS)
def test_a_killed_loop_loses_and_doubles_nothing(
    rounds: int,
    points: tuple[str, ...],
    serve: Callable[..., Site],
    loop: Dying,
    record_property: Callable[[str, object], None],
) -> None:
    """The loop dies at every point of sealing and reacting to a payment."""
    listing, site = given.published(World()), serve()
    done = []
    for _round in range(rounds):
        for point in points:
            trade = Trade(site, listing.pk, points=())
            trade.order_is_signed()
            until(settled)
            deaths = loop.deaths()
            loop.arm(point)
            trade.pay()
            until(lambda before=deaths: loop.deaths() > before)  # type: ignore[misc]
            trade.download()
            trade.act("buyer", f"orders/{trade.order}/accept-delivery/")
            done.append(trade)
    check_nothing_lost_or_doubled(done)
    record_property("points", len(points))
    record_property("kills", loop.deaths())
    assert loop.deaths() == rounds * len(points)


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
            trade = Trade(site, listing.pk, points=())
            trade.order_is_signed()
            deaths = worker.deaths()
            worker.arm(point)
            trade.pay()
            until(lambda before=deaths: worker.deaths() > before)  # type: ignore[misc]
            trade.download()
            trade.act("buyer", f"orders/{trade.order}/accept-delivery/")
            done.append(trade)
    check_nothing_lost_or_doubled(done)
    record_property("points", len(OF_A_RUN))
    record_property("kills", worker.deaths())
    assert worker.deaths() == len(done)
    assert Copy.objects.filter(passed=True, run__state="done").count() == len(done)
    assert Entry.objects.filter(kind="preparation.copy_finished").count() == len(done)
    assert StoredFile.objects.filter(purpose=Purpose.MASKED).count() == kept + len(done)
