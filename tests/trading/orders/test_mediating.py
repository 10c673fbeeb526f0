"""Another officer takes a mediation over, and nobody who mediated decides."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.accounts.roles import Role
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.orders.dispute.models import Dispute, EarlierMediator
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    decide_dispute,
    propose_settlement,
    take_over_mediation,
)
from tests.conftest import PageClients
from tests.given import disputes
from tests.given.threads import at_once
from tests.given.two import with_roles
from tests.given.world import World

D = Decimal


def third_reviewer(world: World) -> None:
    """Let the treasurer review too."""
    with_roles(world, "treasurer", Role.FINANCE, Role.REVIEWER)


def test_the_proposal_stays(world: World) -> None:
    """Both sides may still agree to it, and it divides the money."""
    dispute = disputes.taken_over(world)
    assert (dispute.state, dispute.refund) == ("proposed", D("4000.00"))
    told = Entry.objects.get(kind="trading.mediation_taken_over")
    assert told.person_id == world.person("second_reviewer").pk
    answer_settlement(dispute.pk, is_agreed=True, by=world.actor("officer"))
    done = answer_settlement(dispute.pk, is_agreed=True, by=world.actor("buyer"))
    assert done.state == "settled"


def test_who_took_over_proposes_and_nobody_of_both_decides(world: World) -> None:
    """A third officer does; who began proposes no more."""
    dispute = disputes.taken_over(world)
    answer_settlement(dispute.pk, is_agreed=False, by=world.actor("officer"))
    with pytest.raises(NotAllowed, match="Somebody else mediates"):
        propose_settlement(dispute.pk, refund=D(0), reason="R.", by=world.actor("reviewer"))
    second = world.actor("second_reviewer")
    propose_settlement(dispute.pk, refund=D("1000.00"), reason="R.", by=second)
    for person in ("reviewer", "second_reviewer"):
        with pytest.raises(NotAllowed, match="Who mediated does not decide"):
            decide_dispute(dispute.pk, refund=D(0), reason="R.", by=world.actor(person))
    assert Dispute.objects.get().state == "proposed"
    third_reviewer(world)
    decided = decide_dispute(dispute.pk, refund=D(0), reason="R.", by=world.actor("treasurer"))
    assert decided.state == "decided"


def test_given_back_it_is_still_two_who_mediated(world: World) -> None:
    """Who began may take it over again; each step stays on record, and neither decides."""
    dispute = disputes.taken_over(world)
    take_over_mediation(dispute.pk, reason="Back again.", by=world.actor("reviewer"))
    assert [row.reason for row in EarlierMediator.objects.all()] == [
        "They are away.",
        "Back again.",
    ]
    for person in ("reviewer", "second_reviewer"):
        with pytest.raises(NotAllowed, match="Who mediated does not decide"):
            decide_dispute(dispute.pk, refund=D(0), reason="R.", by=world.actor(person))


def test_when_nobody_can_take_over(world: World) -> None:
    """Without a mediator, a reason, or after the decision; a side never."""
    opened = disputes.opened(world)
    second = world.actor("second_reviewer")
    with pytest.raises(WrongState) as refused:
        take_over_mediation(opened.pk, reason="R.", by=second)
    assert refused.value.code == "not-mediated"
    dispute = disputes.proposed(world, opened)
    with pytest.raises(Invalid):
        take_over_mediation(dispute.pk, reason=" ", by=second)
    with pytest.raises(NotAllowed):
        take_over_mediation(dispute.pk, reason="R.", by=world.actor("officer"))
    third_reviewer(world)
    disputes.decided(world, dispute)
    with pytest.raises(WrongState):
        take_over_mediation(dispute.pk, reason="R.", by=world.actor("treasurer"))
    assert not EarlierMediator.objects.exists()


def test_the_page_offers_it_to_the_others(world: World, page_of: PageClients) -> None:
    """The centre reads who took over from whom and why; the sides read that it happened."""
    dispute = disputes.proposed(world)
    address = reverse("dispute_detail", args=[dispute.pk])
    way = reverse("dispute_take_over", args=[dispute.pk])
    for person, is_offered in (("reviewer", False), ("second_reviewer", True), ("buyer", False)):
        assert (way in page_of(person).get(address).content.decode()) is is_offered
    empty = page_of("second_reviewer").post(way, {"reason": ""})
    assert empty.status_code == 422
    page_of("second_reviewer").post(way, {"reason": "On leave until May."})
    page = page_of("second_reviewer").get(address).content.decode()
    assert "Decide the dispute" not in page
    assert "On leave until May." in page_of("reviewer").get(address).content.decode()
    side = page_of("buyer").get(address).content.decode()
    assert "On leave until May." not in side
    assert "Mediation taken over" in side


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_taken_over_while_another_decides() -> None:
    """Whoever comes first: no decision by who mediates, and no mediation of what is decided."""
    world = World()
    dispute = disputes.proposed(world)
    second = world.actor("second_reviewer")

    def act(number: int) -> Dispute:
        if number % 2:
            return take_over_mediation(dispute.pk, reason="Away.", by=second)
        return decide_dispute(dispute.pk, refund=D(0), reason="R.", by=second)

    answers = at_once(6, act)
    found = Dispute.objects.get()
    taken = EarlierMediator.objects.count()
    assert taken == (0 if found.state == "decided" else 1)
    if found.state == "decided":
        assert sum(isinstance(answer, WrongState) for answer in answers) == 5
    else:
        assert sum(isinstance(answer, NotAllowed) for answer in answers) == 3
