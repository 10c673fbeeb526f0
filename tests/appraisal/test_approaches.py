"""A value rests on one or several approaches, each kept with what it takes to compute it again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.documents import digest_of_appraisal
from marketplace.appraisal.appraisal.models import Appraisal, Approach, Purpose
from marketplace.appraisal.appraisal.services import draft_appraisal, revise_appraisal
from marketplace.appraisal.appraisal.valuing import digest_of
from marketplace.core import clock
from marketplace.core.errors import Invalid
from marketplace.core.months import months_after
from tests.given import appraisal as given
from tests.given.world import World


def test_one_approach_is_the_value(world: World) -> None:
    """With the whole weight, and a range of nothing."""
    appraisal = given.drafted(world)
    [approach] = appraisal.approaches.all()
    assert approach.weight == 1
    assert (approach.method, approach.position) == ("cost", 1)
    assert approach.result == appraisal.result
    assert appraisal.low == approach.amount == appraisal.amount == appraisal.high
    assert appraisal.result_digest == digest_of(appraisal.result)
    assert digest_of_appraisal(appraisal) == appraisal.result_digest


def test_a_revision_leaves_no_old_approach(world: World) -> None:
    """The rows are those of the figure."""
    appraisal = given.drafted(world)
    given.revised(world, appraisal, remaining_life_years="1.2")
    [approach] = Approach.objects.all()
    assert str(approach.amount) == "100000.20"


@pytest.mark.parametrize(
    ("methods", "sentence"),
    [
        ([], "Choose at least one approach"),
        (["options"], "Choose at least one approach"),
        (["cost", "cost"], "takes each approach once"),
        (["luck"], "“luck” is no approach of this centre"),
        (["reconcile"], "“reconcile” is no approach of this centre"),
    ],
)
def test_approaches_are_chosen_from_those_of_the_centre(
    world: World, methods: list[str], sentence: str
) -> None:
    """Each once, and one at least that values."""
    dataset = given.valuable(world)
    with pytest.raises(Invalid, match=sentence) as refused:
        draft_appraisal(
            dataset.pk,
            approaches=[GivenApproach(method, given.inputs()) for method in methods],
            purpose=Purpose.TRADE,
            by=world.actor("officer"),
        )
    assert list(refused.value.fields) == ["approaches"]
    assert not Appraisal.objects.exists()


def test_a_day_of_the_last_months_can_be_valued_as_of(world: World) -> None:
    """Neither the future nor what would be out of date already."""
    appraisal = given.drafted(world)
    approaches = [GivenApproach("cost", given.inputs())]
    officer, today = world.actor("officer"), clock.today()
    yesterday = today - timedelta(days=1)
    revise_appraisal(
        appraisal.pk,
        approaches=approaches,
        purpose=Purpose.TRADE,
        by=officer,
        valued_on=yesterday,
    )
    assert Appraisal.objects.get().valued_on == yesterday
    for day in (today + timedelta(days=1), months_after(today, -12) - timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            revise_appraisal(
                appraisal.pk,
                approaches=approaches,
                purpose=Purpose.TRADE,
                by=officer,
                valued_on=day,
            )
        assert list(refused.value.fields) == ["valued_on"]
