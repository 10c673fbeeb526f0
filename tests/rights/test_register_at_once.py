"""Several people act on one right at once: one comes first, and the others are told in words."""

from __future__ import annotations

from functools import partial

import pytest

from marketplace.core import clock
from marketplace.core.errors import Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.entry.services import decide_remark, lift_remark
from marketplace.rights.freeze.services import cancel_certificate
from marketplace.rights.hearing.services import decide_objection
from marketplace.rights.objection.models import Objection
from marketplace.rights.remark.models import Remark
from tests.given import following
from tests.given import rights as given
from tests.given.remarks import COURT, judicially_frozen, proposed_freeze
from tests.given.world import World
from tests.rights.racing import (
    LAST,
    LATER,
    asking,
    check_coherent,
    confirming,
    objecting,
    of_one_year,
    renewed,
    replayed,
    states,
    together,
)

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


@pytest.mark.parametrize(
    "kinds",
    [
        ("renewal", "renewal", "renewal", "renewal"),
        ("renewal", "longer", "renewal", "longer"),
        ("change", "cancel", "change", "cancel"),
        ("transfer", "cancel", "transfer", "cancel"),
        ("transfer", "renewal", "change", "cancel"),
    ],
    ids=lambda kinds: "-".join(kinds),
)
def test_one_thing_at_a_time_follows_from_a_certificate(kinds: tuple[str, ...]) -> None:
    """One claim runs; who asks for the same gets it too, the others are told that one runs."""
    world = World()
    certificate = of_one_year(world)
    answers = together(*(asking(world, certificate, kind) for kind in kinds))
    begun = {answer.pk for answer in answers if isinstance(answer, Claim)}
    assert begun == {Claim.objects.get(preceding=certificate).pk}
    codes = {answer.code for answer in answers if isinstance(answer, Refusal)}
    assert codes <= {"claim-running", "transfer-running"}


def test_a_renewal_is_confirmed_once() -> None:
    """However many reviewers press at once."""
    world = World()
    first = of_one_year(world)
    with clock.stopped_at(given.at(LATER)):
        claim = following.waived_following(world, following.asked_renewal(world, first))
    answers = together(*[confirming(world, claim)] * 4)
    assert sorted(isinstance(answer, Certificate) for answer in answers) == [False] * 3 + [True]
    assert states() == ["in_force", "in_force"]
    check_coherent()


@pytest.mark.parametrize("kind", ["renewal", "change", "cancel"])
def test_what_follows_is_confirmed_against_an_objection(kind: str) -> None:
    """Either the objection is first and nothing follows, or it meets what has followed."""
    world = World()
    first = of_one_year(world)
    with clock.stopped_at(given.at(LATER)):
        claim = following.waived_following(world, asking(world, first, kind)())
    outcome, objection = together(confirming(world, claim), objecting(world, first.claim))
    if isinstance(outcome, Refusal):
        assert isinstance(outcome, WrongState)
        assert isinstance(objection, Objection)
        assert states() == ["frozen"]
    elif kind == "renewal":
        assert states() == ["frozen", "frozen"]
    else:
        assert isinstance(objection, Refusal)
    check_coherent()


def test_a_renewal_is_confirmed_against_a_court() -> None:
    """The freeze comes before it and refuses it, or after it and holds both."""
    world = World()
    first = of_one_year(world)
    with clock.stopped_at(given.at(LATER)):
        claim = following.waived_following(world, following.asked_renewal(world, first))
        remark = proposed_freeze(world, first)
    second = world.actor("second_reviewer")
    together(
        confirming(world, claim), partial(decide_remark, remark.pk, is_confirmed=True, by=second)
    )
    assert states() in (["frozen"], ["frozen", "frozen"])
    check_coherent()


def test_a_claim_in_notice_is_objected_to_and_not_confirmed() -> None:
    """On the last day of its notice, whoever is first."""
    world = World()
    with clock.stopped_at(given.at("2026-11-02")):
        claim = given.published_claim(world)
    outcome, objection = together(
        confirming(world, claim), objecting(world, claim), on="2026-11-09"
    )
    assert isinstance(outcome, WrongState)
    assert outcome.code in ("notice-runs", "objection-open")
    assert isinstance(objection, Objection)
    assert states() == []


def test_a_claim_after_its_notice_is_confirmed_and_then_objected_to() -> None:
    """The day after: who objects before it is certified is told to come again."""
    world = World()
    with clock.stopped_at(given.at("2026-11-02")):
        claim = given.published_claim(world)
    outcome, objection = together(
        confirming(world, claim), objecting(world, claim), on="2026-11-10"
    )
    assert isinstance(outcome, Certificate)
    if isinstance(objection, Refusal):
        assert objection.code == "notice-ended"
        assert states() == ["in_force"]
    else:
        assert states() == ["frozen"]
    check_coherent()


@pytest.mark.parametrize("is_certified", [False, True], ids=["notice", "certified"])
def test_an_objection_is_decided_once(is_certified: bool) -> None:
    """Two officers say yes and two say no: one of them decides it."""
    world = World()
    with clock.stopped_at(given.at(LATER)):
        claim = given.certified(world).claim if is_certified else given.published_claim(world)
        objection = given.raised_objection(world, claim)
    officers = ["reviewer", "second_reviewer", "reviewer", "second_reviewer"]
    answers = together(
        *(
            partial(
                decide_objection,
                objection.pk,
                is_upheld=number < 2,
                reason=f"Decided by {officer}.",
                by=world.actor(officer),
            )
            for number, officer in enumerate(officers)
        )
    )
    decided = [answer for answer in answers if isinstance(answer, Objection)]
    assert len(decided) == 1
    objection.refresh_from_db()
    assert (objection.state, objection.reason) == (decided[0].state, decided[0].reason)
    assert Entry.objects.filter(kind="rights.objection_decided").count() == 1
    claim.refresh_from_db()
    upheld = "cancelled" if is_certified else "refused"
    rejected = "certified" if is_certified else "public_notice"
    assert claim.state == (upheld if objection.state == "upheld" else rejected)
    check_coherent()


def test_both_certificates_of_a_right_are_held_at_once() -> None:
    """Courts and objectors of either: nobody waits for ever, and all of it holds both."""
    world = World()
    pair = renewed(world)
    with clock.stopped_at(given.at(LATER)):
        remarks = [proposed_freeze(world, pair[0])]
    second = world.actor("second_reviewer")
    answers = together(
        partial(decide_remark, remarks[0].pk, is_confirmed=True, by=second),
        objecting(world, pair[0].claim),
        objecting(world, pair[1].claim),
        objecting(world, pair[1].claim, "buyer"),
    )
    assert not [answer for answer in answers if isinstance(answer, Refusal)]
    assert states() == ["frozen", "frozen"]
    check_coherent()


def test_holds_of_both_are_lifted_at_once() -> None:
    """The last one to be lifted lets both go, whichever it is."""
    world = World()
    pair = renewed(world)
    reviewer = world.actor("reviewer")
    with clock.stopped_at(given.at(LATER)):
        remark = judicially_frozen(world, pair[0])
        objections = [
            given.raised_objection(world, one.claim, by=by)
            for one, by in zip(pair, ("stranger", "buyer"), strict=True)
        ]
        lift_remark(remark.pk, **COURT, by=reviewer)
    second = world.actor("second_reviewer")
    together(
        partial(decide_remark, remark.pk, is_confirmed=True, by=second),
        *(
            partial(decide_objection, each.pk, is_upheld=False, reason="No proof.", by=reviewer)
            for each in objections
        ),
    )
    assert states() == ["in_force", "in_force"]
    check_coherent()


def test_a_right_ends_against_an_objection_to_its_renewal() -> None:
    """The centre cancels the old one, with its renewal, while somebody objects to that."""
    world = World()
    pair = renewed(world)
    reviewer = world.actor("reviewer")
    together(
        partial(cancel_certificate, pair[0].pk, reason="Never held.", by=reviewer),
        partial(cancel_certificate, pair[1].pk, reason="Never held.", by=reviewer),
        objecting(world, pair[1].claim),
    )
    assert states() == ["cancelled", "cancelled"]
    assert not Objection.objects.filter(state="open").exists()
    check_coherent()


def test_a_transfer_is_confirmed_against_a_court() -> None:
    """It passes a right that nothing holds, or none."""
    world = World()
    first = of_one_year(world)
    with clock.stopped_at(given.at(LATER)):
        claim = given.waived_transfer(world, first, limits="In Fujian")
        remark = proposed_freeze(world, first)
    outcome, _decided = together(
        confirming(world, claim),
        partial(decide_remark, remark.pk, is_confirmed=True, by=world.actor("second_reviewer")),
    )
    if isinstance(outcome, Refusal):
        assert states() == ["frozen"]
    else:
        kept = Certificate.objects.exclude(pk=outcome.pk).exclude(pk=first.pk).get()
        assert (outcome.state, kept.state) == ("in_force", "frozen")
    assert Remark.objects.get().state == "in_force"
    assert sorted(replayed()) == sorted(states())


def test_time_passes_while_people_act() -> None:
    """The old certificate expires while somebody objects to it and its renewal is frozen."""
    world = World()
    first, second = renewed(world)
    with clock.stopped_at(given.at(LATER)):
        remark = proposed_freeze(world, second)
    reviewer = world.actor("second_reviewer")
    together(
        partial(advance_due_claims, by=given.software()),
        objecting(world, first.claim),
        partial(decide_remark, remark.pk, is_confirmed=True, by=reviewer),
        on=LAST,
    )
    assert states() in (["expired", "frozen"], ["frozen", "frozen"])
    check_coherent()
