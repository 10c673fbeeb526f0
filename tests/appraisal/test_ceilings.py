"""Price ceilings follow from permitted revenue, are approved by a second person, and end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.selectors import ceiling_in_force, periods_of
from marketplace.appraisal.ceiling.services import (
    approve_ceiling,
    close_past_ceilings,
    draft_ceiling,
    revise_ceiling,
)
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, Refusal, WrongState
from marketplace.ledger.models import Entry
from tests.given import ceilings as given
from tests.given.catalog import approved_dataset, draft_dataset
from tests.given.state import changed_tables, kept_rows
from tests.given.threads import at_once
from tests.given.world import World

SYSTEM = Actor.system(Door.REACTION)


def refused(act: Callable[[], object], kind: type[Refusal], code: str = "") -> None:
    """Check that an act is refused and nothing changed."""
    before = kept_rows()
    with pytest.raises(kind) as found:
        act()
    assert not code or found.value.code == code
    assert changed_tables(before) == []


def test_market_data_has_no_ceiling(world: World) -> None:
    """The refusal says what to do instead."""
    dataset = draft_dataset(world, asset_kind="market")
    refused(lambda: given.drafted(world, dataset), WrongState, "ceiling-not-public")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"operating_cost": Decimal("-0.01")}, "operating_cost"),
        ({"operating_cost": Decimal("NaN")}, "operating_cost"),
        ({"operating_cost": Decimal("9999999999999.99")}, "operating_cost"),
        ({"tax": Decimal("0.001")}, "tax"),
        ({"expected_units": 0}, "expected_units"),
        ({"tax_source": " "}, "tax_source"),
        ({"operating_cost_source": "x" * 201}, "operating_cost_source"),
        ({"days": 0}, "period_until"),
        ({"days": 3 * 366 + 1}, "period_until"),
    ],
)
def test_figures_that_cannot_stand(changes: dict[str, object], field: str, world: World) -> None:
    """Each is told at its field, and nothing is kept."""
    dataset = approved_dataset(world)
    before = kept_rows()
    with pytest.raises(Invalid) as told:
        given.drafted(world, dataset, **changes)
    assert list(told.value.fields) == [field]
    assert changed_tables(before) == []


def test_periods_do_not_touch(world: World) -> None:
    """Not at drafting and not at approving, except where the other was closed before."""
    ceiling = given.in_force(world)
    refused(
        lambda: given.drafted(world, ceiling.dataset, start=ceiling.period_until),
        WrongState,
        "ceiling-period-taken",
    )
    given.closed(world, ceiling)
    tomorrow = clock.today() + timedelta(days=1)
    assert given.in_force(world, ceiling.dataset, start=tomorrow).state == "in_force"


def test_a_ceiling_closed_before_it_began_never_held(world: World) -> None:
    """Its period is free again, and no income finds it."""
    start = clock.today() + timedelta(days=10)
    ceiling = given.closed(world, given.in_force(world, start=start))
    assert ceiling.ended_on == start - timedelta(days=1)
    assert list(periods_of(ceiling.dataset_id)) == []
    assert given.in_force(world, ceiling.dataset, start=start).state == "in_force"


def test_a_changed_rate_asks_for_a_revision(world: World) -> None:
    """The jurisdiction's rate of today counts, not that of the draft."""
    ceiling = given.submitted(world)
    PriceCeiling.objects.filter(pk=ceiling.pk).update(profit_rate=Decimal("0.07"))
    reviewer = world.actor("reviewer")
    refused(
        lambda: approve_ceiling(ceiling.pk, checklist=given.CHECKLIST, by=reviewer),
        WrongState,
        "ceiling-rate-changed",
    )


def test_figures_that_were_changed_by_hand_are_refused(world: World) -> None:
    """A maximum that does not follow from its inputs never comes in force."""
    ceiling = given.submitted(world)
    PriceCeiling.objects.filter(pk=ceiling.pk).update(maximum_revenue=Decimal("9900000.00"))
    reviewer = world.actor("reviewer")
    refused(
        lambda: approve_ceiling(ceiling.pk, checklist=given.CHECKLIST, by=reviewer),
        WrongState,
        "ceiling-differs",
    )


def test_a_period_that_is_over_is_not_approved(world: World) -> None:
    """It would decide on nothing any more."""
    ceiling = given.submitted(world, days=10)
    with clock.stopped_at(clock.now() + timedelta(days=10)):
        reviewer = world.actor("reviewer")
        refused(
            lambda: approve_ceiling(ceiling.pk, checklist=given.CHECKLIST, by=reviewer),
            WrongState,
            "ceiling-period-over",
        )


def test_time_closes_a_ceiling(world: World) -> None:
    """After its last day, once."""
    ceiling = given.in_force(world, days=10)
    assert close_past_ceilings(by=SYSTEM) == []
    with pytest.raises(NotAllowed):
        close_past_ceilings(by=world.actor("reviewer"))
    with clock.stopped_at(clock.now() + timedelta(days=10)):
        assert ceiling_in_force(ceiling.dataset, ceiling.organization_id, on=clock.today()) is None
        assert close_past_ceilings(by=SYSTEM) == [ceiling.pk]
        assert close_past_ceilings(by=SYSTEM) == []
    ceiling.refresh_from_db()
    assert (ceiling.state, ceiling.ended_on) == ("closed", ceiling.period_until)


def test_who_submits_does_not_decide(world: World) -> None:
    """Four eyes, also for closing."""
    ceiling = given.submitted(world)
    officer = world.actor("officer")
    refused(lambda: approve_ceiling(ceiling.pk, checklist=given.CHECKLIST, by=officer), NotAllowed)
    reviewer = world.actor("reviewer")
    refused(lambda: approve_ceiling(ceiling.pk, checklist=(), by=reviewer), Invalid)


def test_a_revision_counts_anew(world: World) -> None:
    """And the same again records nothing."""
    ceiling = given.drafted(world)
    officer, changed = world.actor("officer"), given.permitted(tax=Decimal("0.00"))
    revised = revise_ceiling(ceiling.pk, permitted=changed, by=officer)
    assert revised.maximum_revenue == Decimal("6480000.00")
    entries = Entry.objects.count()
    revise_ceiling(ceiling.pk, permitted=changed, by=officer)
    assert Entry.objects.count() == entries


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_one_unfinished_ceiling() -> None:
    """Of six drafts at once, one is kept."""
    world = World()
    dataset, officer = approved_dataset(world), world.actor("officer")
    answers = at_once(
        6, lambda number: draft_ceiling(dataset.pk, permitted=given.permitted(), by=officer)
    )
    assert sum(isinstance(answer, PriceCeiling) for answer in answers) == 1
    assert {type(answer) for answer in answers} == {PriceCeiling, WrongState}
