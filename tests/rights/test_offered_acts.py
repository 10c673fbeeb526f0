"""What page and API offer of the register is what the acts accept, for every state and role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.core import clock
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.entry.services import lift_remark
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.rights.hearing.services import decide_objection, refer_objection
from marketplace.rights.objection.models import Objection
from marketplace.rights.objection.rules import acts_on_objection
from marketplace.rights.registration.rules import acts_on_claim
from marketplace.rights.registration.services import submit_claim
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.rules import acts_on_remark
from marketplace.rights.title.rules import acts_on_certificate
from tests.conftest import ApiClients, PageClients
from tests.given import following, remarks
from tests.given import rights as given
from tests.given.catalog import CONTENT_CHECKLIST, WIDER, annotated_version, approved_dataset
from tests.given.world import World
from tests.rights import reached
from tests.rights.tried_acts import (
    WHY,
    tried_on_certificate,
    tried_on_claim,
    tried_on_objection,
    tried_on_remark,
)

PEOPLE = ("officer", "stranger", "reviewer")
"""The claimant or holder; who objects, or acquires; and the register."""


def unanswered(world: World) -> Claim:
    """Let the time to reply to a claim pass."""
    with clock.stopped_at(clock.now() - timedelta(days=60)):
        return given.submitted_claim(world)


def uncompleted(world: World) -> Claim:
    """Let the time to complete a claim before its acceptance pass."""
    with clock.stopped_at(clock.now() - timedelta(days=60)):
        return given.incomplete_claim(world)


def noticed(world: World) -> Claim:
    """Let the notice of a claim pass."""
    with clock.stopped_at(clock.now() - timedelta(days=60)):
        return given.published_claim(world)


def asked_twice(world: World) -> Claim:
    """Hand a claim in again that had to be completed before its acceptance."""
    return submit_claim(given.incomplete_claim(world).pk, by=world.actor("officer"))


def referred(world: World) -> Objection:
    """Let an objection to a certified right go before a court."""
    objection = reached.late_objection(world)
    return refer_objection(objection.pk, reason=WHY, by=world.actor("reviewer"))


def upheld(world: World) -> Objection:
    """Let an objection in the notice end the claim."""
    objection = reached.objection(world)
    return decide_objection(objection.pk, is_upheld=True, reason=WHY, by=world.actor("reviewer"))


def over_new_data(world: World, reach: Callable[..., Claim]) -> Claim:
    """Change the data of a claim, so that its content is to be approved anew."""
    dataset = approved_dataset(world)
    claim = reach(world, dataset=dataset)
    annotated_version(world, dataset, table=WIDER)
    return claim


def over_other_data(world: World) -> Claim:
    """Change the data of a claim under review, and have its content approved."""
    claim = over_new_data(world, given.waived_claim)
    submit_dataset(claim.dataset_id, by=world.actor("officer"))
    approve_dataset(claim.dataset_id, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    return claim


def doubted_transfer(world: World) -> Claim:
    """Freeze the certificate that is about to pass."""
    claim = given.waived_transfer(world)
    assert claim.preceding_id is not None
    freeze_certificate(claim.preceding_id, reason=WHY, by=world.actor("reviewer"))
    return claim


CLAIMS: dict[str, Callable[[World], Claim]] = {
    "drafted": given.drafted_claim,
    "drafted-over-new-data": lambda world: over_new_data(world, given.drafted_claim),
    "waived-over-new-data": lambda world: over_new_data(world, given.waived_claim),
    "waived-over-other-data": over_other_data,
    "submitted": given.submitted_claim,
    "unanswered": unanswered,
    "incomplete": given.incomplete_claim,
    "uncompleted": uncompleted,
    "asked-twice": asked_twice,
    "accepted": given.accepted_claim,
    "reviewed": given.reviewed_claim,
    "extended": reached.extended_claim,
    "to-supplement": given.claim_to_supplement,
    "overdue": reached.overdue_claim,
    "waived": given.waived_claim,
    "published": given.published_claim,
    "noticed": noticed,
    "objected": lambda world: reached.objection(world).claim,
    "certified": reached.certified_claim,
    "objected-late": lambda world: reached.late_objection(world).claim,
    "referred": lambda world: referred(world).claim,
    "cancelled": reached.cancelled_claim,
    "withdrawn": reached.withdrawn_transfer,
    "transfer": given.opened_transfer,
    "joined": given.joined_transfer,
    "transfer-doubted": doubted_transfer,
    "cancellation": lambda world: following.waived_following(
        world, following.asked_cancellation(world)
    ),
}

CERTIFICATES: dict[str, Callable[[World], Certificate]] = {
    "in-force": given.certified,
    "frozen": given.frozen_certificate,
    "objected": lambda world: reached.late_objection(world).claim.certificate,
    "objected-and-frozen": lambda world: (
        given.raised_objection(world, given.frozen_certificate(world).claim).claim.certificate
    ),
    "remarked": lambda world: remarks.judicially_frozen(world).certificate,
    "cancelled": reached.cancelled_certificate,
    "transferring": lambda world: _preceding(given.opened_transfer(world)),
    "transferred": lambda world: _preceding(given.transferred(world).claim),
    "changing": lambda world: _preceding(following.asked_change(world)),
}

OBJECTIONS: dict[str, Callable[[World], Objection]] = {
    "open": reached.objection,
    "late": reached.late_objection,
    "referred": referred,
    "decided": reached.decided_objection,
    "upheld": upheld,
}

REMARKS: dict[str, Callable[[World], Remark]] = {
    "proposed": remarks.proposed_freeze,
    "in-force": remarks.judicially_frozen,
    "lifting": lambda world: lift_remark(
        remarks.judicially_frozen(world).pk, **remarks.COURT, by=world.actor("reviewer")
    ),
    "lifted": lambda world: remarks.lifted_freeze(world, remarks.judicially_frozen(world)),
}


def _preceding(claim: Claim) -> Certificate:
    assert claim.preceding is not None
    return claim.preceding


def test_nothing_is_offered_to_who_only_looks_on(world: World) -> None:
    """Not to an auditor, nor to a finance officer of the centre."""
    claim, certificate = given.drafted_claim(world), given.certified(world)
    for person in ("auditor", "treasurer", "finance"):
        by = world.actor(person)
        assert not any(acts_on_claim(claim, by).values()), person
        assert not any(acts_on_certificate(certificate, by).values()), person


@pytest.mark.drawn(len(CLAIMS) // 2)
@pytest.mark.parametrize("state", CLAIMS)
def test_a_claim_offers_what_is_accepted(state: str, world: World) -> None:
    """To both sides, to others, to the register and to nobody else."""
    pk = CLAIMS[state](world).pk
    for person in PEOPLE:
        by, claim = world.actor(person), Claim.objects.get(pk=pk)
        assert dict(acts_on_claim(claim, by)) == tried_on_claim(claim, by), person


@pytest.mark.drawn(len(CERTIFICATES) // 2)
@pytest.mark.parametrize("state", CERTIFICATES)
def test_a_certificate_offers_what_is_accepted(state: str, world: World) -> None:
    """To its holder, to the register and to nobody else."""
    pk = CERTIFICATES[state](world).pk
    for person in PEOPLE:
        by, certificate = world.actor(person), Certificate.objects.get(pk=pk)
        tried = tried_on_certificate(certificate, by, world)
        assert dict(acts_on_certificate(certificate, by)) == tried, person


@pytest.mark.parametrize("months", [31, 36])
def test_a_certificate_is_renewed_in_its_time(months: int, world: World) -> None:
    """Not before, and not after its last day; nothing else follows from it then either."""
    certificate = given.certified(world)
    with clock.stopped_at(clock.now() + timedelta(days=31 * months)):
        for person in ("officer", "reviewer"):
            by, row = world.actor(person), Certificate.objects.get(pk=certificate.pk)
            tried = tried_on_certificate(row, by, world)
            assert dict(acts_on_certificate(row, by)) == tried, person


@pytest.mark.drawn(len(OBJECTIONS) // 2)
@pytest.mark.parametrize("state", OBJECTIONS)
def test_an_objection_offers_what_is_accepted(state: str, world: World) -> None:
    """To both parties, to the register and to nobody else."""
    pk = OBJECTIONS[state](world).pk
    for person in PEOPLE:
        by, objection = world.actor(person), Objection.objects.get(pk=pk)
        tried = tried_on_objection(objection, by)
        assert dict(acts_on_objection(objection, by)) == tried, person


@pytest.mark.drawn(len(REMARKS) // 2)
@pytest.mark.parametrize("state", REMARKS)
def test_a_remark_offers_what_is_accepted(state: str, world: World) -> None:
    """To the reviewer who did not enter it."""
    pk = REMARKS[state](world).pk
    for person in (*PEOPLE, "second_reviewer"):
        by, remark = world.actor(person), Remark.objects.get(pk=pk)
        assert dict(acts_on_remark(remark, by)) == tried_on_remark(remark, by), person


def test_who_entered_a_freeze_is_not_offered_to_confirm_it(
    world: World, page_of: PageClients
) -> None:
    """A second reviewer is."""
    remark = remarks.proposed_freeze(world)
    address = reverse("certificate_detail", args=[remark.certificate_id])
    button = reverse("remark_decide", args=[remark.pk])
    assert button not in page_of("reviewer").get(address).content.decode()
    assert button in page_of("second_reviewer").get(address).content.decode()


def test_the_api_says_why_an_act_is_closed(world: World, api_of: ApiClients) -> None:
    """With the code and the sentence of the refusal."""
    claim = given.published_claim(world)
    acts = api_of("reviewer").get(reverse("api_get_claim", args=[claim.pk])).json()["acts"]
    assert acts["confirm_claim"]["code"] == "notice-runs"
    assert acts["confirm_claim"]["detail"].startswith("The public notice runs until")
    assert api_of("officer").get(reverse("api_get_claim", args=[claim.pk])).json()["acts"][
        "withdraw_claim"
    ] == {"allowed": True}
