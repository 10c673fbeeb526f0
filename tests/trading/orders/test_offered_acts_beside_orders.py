"""What disputes, amendments and reports of re-identifications offer is what their acts accept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.trading.orders.acts import ACTS_ON_AMENDMENT, acts_on_amendment
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.services import expire_amendments
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.rules import ACTS_ON_APPROVAL, acts_on_approval
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.rules import ACTS_ON_DISPUTE, acts_on_dispute
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    appeal_dispute,
    close_due_disputes,
    decide_dispute,
    propose_settlement,
    record_ruling,
    show_exhibit,
)
from marketplace.trading.orders.objection.rules import ACTS_ON_REMEDY, acts_on_remedy
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.rules import acts_on_reidentification
from marketplace.trading.orders.recall.services import (
    decide_reidentification,
    examine_reidentification,
)
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.signature.services import sign_amendment
from marketplace.trading.orders.termination.services import terminate_contract
from tests.conftest import PageClients
from tests.given import amendments, disputes, limits, recalls, remedies
from tests.given import trading as given
from tests.given.tried import accepted_acts, accepts
from tests.given.vault import upload
from tests.given.world import PASSWORD, World

PEOPLE = (
    "officer",
    "buyer",
    "second_buyer",
    "stranger",
    "reviewer",
    "second_reviewer",
    "treasurer",
)
WHY = "For a reason."
MONEY = Decimal("1000.00")


def tried_on_dispute(dispute: Dispute, by: Actor) -> dict[str, bool]:
    """Try every act that the page of a dispute can offer."""
    pk = dispute.pk

    def answered(is_agreed: bool) -> bool:
        return accepts(lambda: answer_settlement(pk, is_agreed=is_agreed, by=by))

    more = {
        "show_exhibit": accepts(lambda: show_exhibit(pk, upload=upload("It."), by=by)),
        "propose_settlement": accepts(
            lambda: propose_settlement(pk, refund=MONEY, reason=WHY, by=by)
        ),
        "answer_settlement": answered(True) or answered(False),
        "decide_dispute": accepts(lambda: decide_dispute(pk, refund=MONEY, reason=WHY, by=by)),
        "appeal_dispute": accepts(lambda: appeal_dispute(pk, text=WHY, by=by)),
        "record_ruling": accepts(lambda: record_ruling(pk, refund=MONEY, reason=WHY, by=by)),
    }
    return accepted_acts(ACTS_ON_DISPUTE, pk, by, more)


def answered(world: World, *, is_agreed: bool) -> Dispute:
    """Let the buyer alone answer a proposal."""
    pk = disputes.proposed(world).pk
    return answer_settlement(pk, is_agreed=is_agreed, by=world.actor("buyer"))


def ruled(world: World) -> Dispute:
    """Let a court divide the money."""
    pk = disputes.appealed(world).pk
    return record_ruling(pk, refund=MONEY, reason=WHY, by=world.actor("reviewer"))


DISPUTES: dict[str, Callable[[World], Dispute]] = {
    "opened": disputes.opened,
    "opened-by-seller": lambda world: disputes.opened(world, by="officer"),
    "proposed": disputes.proposed,
    "agreed-once": lambda world: answered(world, is_agreed=True),
    "refused": lambda world: answered(world, is_agreed=False),
    "taken-over": disputes.taken_over,
    "decided": disputes.decided,
    "appealed": disputes.appealed,
    "ruled": ruled,
    "settled": disputes.settled,
    "withdrawn": disputes.withdrawn,
}


def tried_on_amendment(amendment: Amendment, by: Actor) -> dict[str, bool]:
    """Try every act that the page of an amendment can offer."""
    pk, digest = amendment.pk, amendment.digest
    more = {
        "sign_amendment": accepts(
            lambda: sign_amendment(pk, digest=digest, password=PASSWORD, by=by)
        ),
    }
    return accepted_acts(ACTS_ON_AMENDMENT, pk, by, more)


def in_dispute(world: World) -> Amendment:
    """Let an amendment wait while its order is disputed."""
    amendment = amendments.proposed(world)
    disputes.opened(world, amendment.contract.order)
    return amendment


def ended(world: World) -> Amendment:
    """Let an amendment wait while its contract has ended."""
    amendment = amendments.proposed(world)
    pk = amendment.contract.order_id
    terminate_contract(pk, reason=WHY, by=world.actor("buyer"))
    return amendment


AMENDMENTS: dict[str, Callable[[World], Amendment]] = {
    "proposed": amendments.proposed,
    "proposed-by-seller": lambda world: amendments.proposed(world, by="officer"),
    "signed-once": lambda world: amendments.signed(world, amendments.proposed(world), "buyer"),
    "in-force": amendments.in_force,
    "declined": amendments.declined,
    "withdrawn": amendments.withdrawn,
    "in-dispute": in_dispute,
    "ended": ended,
}


def tried_on_approval(approval: SigningApproval, by: Actor) -> dict[str, bool]:
    """Try every act that the page of an approval can offer."""
    pk = approval.pk
    return accepted_acts(ACTS_ON_APPROVAL, pk, by)


def signed_meanwhile(world: World) -> SigningApproval:
    """Let an approval wait while an owner signs."""
    approval = limits.asked(world)
    limits.signed_by(world, approval.contract, "buyer")
    return approval


APPROVALS: dict[str, Callable[[World], SigningApproval]] = {
    "asked": limits.asked,
    "approved": limits.approved,
    "refused": limits.refused,
    "asked-to-amend": limits.asked_to_amend,
    "signed-meanwhile": signed_meanwhile,
}


def tried_on_remedy(pk: UUID, by: Actor) -> dict[str, bool]:
    """Try every act that an order's page can offer of a remedy."""
    return accepted_acts(ACTS_ON_REMEDY, pk, by)


REMEDIES: dict[str, Callable[[World], Remedy]] = {
    "offered": remedies.offered,
    "accepted": remedies.accepted,
    "declined": remedies.declined,
}


def check_amendment(pk: UUID, world: World) -> None:
    """Compare, for each person."""
    for person in PEOPLE:
        by, amendment = world.actor(person), Amendment.objects.get(pk=pk)
        assert dict(acts_on_amendment(amendment, by)) == tried_on_amendment(amendment, by), person


def check_dispute(pk: UUID, world: World) -> None:
    """Compare, for each person."""
    for person in PEOPLE:
        by, dispute = world.actor(person), Dispute.objects.get(pk=pk)
        assert dict(acts_on_dispute(dispute, by)) == tried_on_dispute(dispute, by), person


@pytest.mark.drawn(len(DISPUTES) // 2)
@pytest.mark.parametrize("state", DISPUTES)
def test_a_dispute_offers_what_is_accepted(state: str, world: World) -> None:
    """To both sides, to the reviewers, and to nobody else."""
    check_dispute(DISPUTES[state](world).pk, world)


def test_nobody_is_offered_to_appeal_too_late(world: World, page_of: PageClients) -> None:
    """From the day after the last one, whether the centre has closed it or not."""
    dispute = disputes.decided(world)
    address = reverse("dispute_detail", args=[dispute.pk])
    assert "Record the appeal" in page_of("buyer").get(address).content.decode()
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        check_dispute(dispute.pk, world)
        assert not acts_on_dispute(dispute, world.actor("buyer"))["appeal_dispute"]
        assert close_due_disputes(by=given.SYSTEM) == [dispute.pk]
        check_dispute(dispute.pk, world)


def test_who_agreed_is_offered_to_say_that_they_do_not(world: World, page_of: PageClients) -> None:
    """And not to agree again."""
    address = reverse("dispute_detail", args=[answered(world, is_agreed=True).pk])
    page = page_of("buyer").get(address).content.decode()
    assert "Do not agree" in page
    assert 'value="yes"' not in page
    assert 'value="yes"' in page_of("officer").get(address).content.decode()


@pytest.mark.parametrize("state", APPROVALS)
def test_an_approval_offers_what_is_accepted(state: str, world: World) -> None:
    """To a second person of the side, and to nobody else."""
    pk = APPROVALS[state](world).pk
    for person in PEOPLE:
        by, approval = world.actor(person), SigningApproval.objects.get(pk=pk)
        assert dict(acts_on_approval(approval, by)) == tried_on_approval(approval, by), person


@pytest.mark.parametrize("state", REMEDIES)
def test_a_remedy_offers_what_is_accepted(state: str, world: World) -> None:
    """To the buyer, while the objection stands, and to nobody else."""
    pk = REMEDIES[state](world).pk
    for person in PEOPLE:
        by, remedy = world.actor(person), Remedy.objects.get(pk=pk)
        assert dict(acts_on_remedy(remedy, by)) == tried_on_remedy(pk, by), person


@pytest.mark.drawn(len(AMENDMENTS) // 2)
@pytest.mark.parametrize("state", AMENDMENTS)
def test_an_amendment_offers_what_is_accepted(state: str, world: World) -> None:
    """To both sides and to nobody else."""
    check_amendment(AMENDMENTS[state](world).pk, world)


def test_nobody_is_offered_to_sign_too_late(world: World, page_of: PageClients) -> None:
    """From the day after the last one it is declined or withdrawn, whether it ran out or not."""
    amendment = amendments.proposed(world)
    address = reverse("amendment_detail", args=[amendment.pk])
    assert "Accept the amendment" in page_of("officer").get(address).content.decode()
    with clock.stopped_at(clock.now() + timedelta(days=90)):
        check_amendment(amendment.pk, world)
        acts = acts_on_amendment(amendment, world.actor("officer"))
        assert (acts["sign_amendment"], acts["decline_amendment"]) == (False, True)
        assert expire_amendments(by=given.SYSTEM) == [amendment.pk]
        check_amendment(amendment.pk, world)


def test_the_page_says_why_a_contract_is_not_amended(world: World, page_of: PageClients) -> None:
    """With the sentence of the act."""
    order = disputes.opened(world, given.completed(world)).order
    address = reverse("contract_amend", args=[order.contract.pk])
    assert "not during a dispute" in page_of("buyer").get(address).content.decode()


def tried_on_reidentification(doubt: Reidentification, by: Actor) -> dict[str, bool]:
    """Try every act that the page of a report of a re-identification can offer."""
    pk = doubt.pk
    return {
        "examine_reidentification": accepts(
            lambda: examine_reidentification(pk, is_proven=True, reason=WHY, by=by)
        ),
        "decide_reidentification": accepts(
            lambda: decide_reidentification(pk, is_confirmed=True, by=by)
        ),
    }


def anew(world: World) -> Reidentification:
    """Let the second reviewer have it examined anew."""
    pk = recalls.examined(world).pk
    return decide_reidentification(pk, is_confirmed=False, by=world.actor("second_reviewer"))


REPORTS: dict[str, Callable[[World], Reidentification]] = {
    "reported": recalls.reported,
    "examined": recalls.examined,
    "anew": anew,
    "proven": recalls.decided,
    "not-proven": lambda world: recalls.decided(world, is_proven=False),
}


@pytest.mark.drawn(len(REPORTS) // 2)
@pytest.mark.parametrize("state", REPORTS)
def test_a_report_offers_what_is_accepted(state: str, world: World) -> None:
    """To reviewers and to nobody else."""
    pk = REPORTS[state](world).pk
    for person in PEOPLE:
        by, doubt = world.actor(person), Reidentification.objects.get(pk=pk)
        tried = tried_on_reidentification(doubt, by)
        assert dict(acts_on_reidentification(doubt, by)) == tried, person


def test_the_first_examiner_waits_for_a_second(world: World, page_of: PageClients) -> None:
    """And reads so, until it is decided."""
    doubt, waits = recalls.examined(world), "You examined it. A second reviewer"
    address = reverse("reidentification_detail", args=[doubt.pk])
    assert waits in page_of("reviewer").get(address).content.decode()
    assert waits not in page_of("second_reviewer").get(address).content.decode()
    decide_reidentification(doubt.pk, is_confirmed=True, by=world.actor("second_reviewer"))
    assert waits not in page_of("reviewer").get(address).content.decode()
