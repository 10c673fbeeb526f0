"""Transfers: both sides ask, the certificate follows, and the ledger alone tells who holds what."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from marketplace.catalog.dataset.models import Dataset
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.credentials.selectors import claims_of
from marketplace.credentials.states import CredentialState, StatusReason
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificate_in_force, chain_of_title
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.claim.choices import ClaimKind, EvidenceKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.registration.services import confirm_claim, submit_claim, withdraw_claim
from marketplace.rights.right.title import present_titles
from marketplace.rights.transfer.services import join_transfer, open_transfer
from tests.given import rights as given
from tests.given.world import World
from tests.rights.test_drafting import refused

EVERYTHING = ("hold", "use", "operate")


def confirm(world: World, claim: Claim) -> Certificate:
    """Let the second reviewer confirm."""
    return confirm_claim(
        claim.pk, checklist=given.RIGHT_CHECKLIST, by=world.actor("second_reviewer")
    )


def registered(dataset: Dataset) -> set[tuple[Any, ...]]:
    """Return the titles as the register's rows say them."""
    return {
        (each.pk, each.organization_id, tuple(each.rights), each.valid_until, each.state)
        for each in Certificate.objects.filter(
            dataset=dataset, state__in=(CertificateState.IN_FORCE, CertificateState.FROZEN)
        )
    }


def replayed(dataset: Dataset) -> set[tuple[Any, ...]]:
    """Return the same by the ledger alone."""
    return {
        (
            each.certificate_id,
            each.organization_id,
            each.rights,
            each.valid_until,
            CertificateState.FROZEN if each.is_frozen else CertificateState.IN_FORCE,
        )
        for each in present_titles(dataset.pk)
    }


def test_a_whole_transfer_leaves_the_holder_nothing(world: World) -> None:
    """The old certificate ends, the new one lasts until the same day."""
    old = given.certified(world, term_years=2, restrictions="In Fujian")
    new = given.transferred(world, old)
    old.refresh_from_db()
    assert (old.state, old.claim.state) == (CertificateState.SUPERSEDED, ClaimState.TRANSFERRED)
    assert old.credential.state == CredentialState.REVOKED
    assert old.credential.reason == StatusReason.SUPERSEDED
    assert (new.organization, new.rights) == (world.organization("stranger"), list(EVERYTHING))
    assert (new.predecessor, new.claim.kind) == (old, ClaimKind.TRANSFER)
    assert (new.valid_until, new.renewal_from) == (old.valid_until, old.renewal_from)
    stated = claims_of(new.credential)
    assert stated["rights"]["holder"] == "Rival Analytics"
    assert stated["rights"]["preceding"] == old.number
    assert stated["rights"]["restrictions"] == "In Fujian"
    assert [each["kind"] for each in stated["rights"]["evidence"]] == ["source", "contract"]
    assert registered(old.dataset) == replayed(old.dataset)
    assert [each.organization_id for each in present_titles(old.dataset_id)] == [
        new.organization_id
    ]


def test_a_right_can_pass_by_itself(world: World) -> None:
    """The three are independent: what is left is certified for the holder anew."""
    old = given.certified(world)
    new = given.transferred(world, old, rights=frozenset({"operate"}))
    left = Certificate.objects.get(predecessor=old, organization=old.organization)
    assert (new.rights, left.rights) == (["operate"], ["hold", "use"])
    assert (left.claim.kind, left.claim.state) == (ClaimKind.CHANGE, ClaimState.CERTIFIED)
    assert left.valid_until == old.valid_until
    assert claims_of(left.credential)["remarks"]["passed_on"] == {
        "number": new.number,
        "rights": ["operate"],
        "limits": "",
    }
    today = clock.today()
    for organization, right, held in (
        (old.organization_id, "operate", None),
        (old.organization_id, "use", left),
        (new.organization_id, "operate", new),
        (new.organization_id, "use", None),
    ):
        assert certificate_in_force(old.dataset_id, organization, right, on=today) == held
    assert registered(old.dataset) == replayed(old.dataset)


def test_a_share_passes_with_its_limits(world: World) -> None:
    """Beyond them the holder keeps the right; both certificates say so."""
    old = given.certified(world, restrictions="In Fujian")
    new = given.transferred(world, old, rights=frozenset({"use"}), limits="Half, for insurance")
    left = Certificate.objects.get(predecessor=old, organization=old.organization)
    assert (new.rights, left.rights) == (["use"], list(EVERYTHING))
    assert claims_of(new.credential)["remarks"]["agreed_terms"] == "Half, for insurance"
    assert claims_of(new.credential)["rights"]["restrictions"] == "In Fujian; Half, for insurance"
    assert claims_of(left.credential)["rights"]["restrictions"] == "In Fujian"
    assert claims_of(left.credential)["remarks"]["passed_on"]["limits"] == "Half, for insurance"
    assert registered(old.dataset) == replayed(old.dataset)


def test_what_passed_can_pass_on_and_back(world: World) -> None:
    """The chain of title tells each step, and the register knows who gave up what."""
    old = given.certified(world)
    away = given.transferred(world, old)
    error = refused(Invalid, lambda: given.drafted_claim(world, dataset=old.dataset))
    assert error.code == "right-passed-on"
    back = given.transferred(world, away, acquirer="officer")
    assert list(chain_of_title(old.dataset_id)) == [old, away, back]
    assert [each.state for each in chain_of_title(old.dataset_id)] == [
        CertificateState.SUPERSEDED,
        CertificateState.SUPERSEDED,
        CertificateState.IN_FORCE,
    ]
    error = refused(Invalid, lambda: given.drafted_claim(world, dataset=old.dataset))
    assert error.code == "right-held-already"
    assert registered(old.dataset) == replayed(old.dataset)


def test_both_sides_ask(world: World) -> None:
    """Nothing is submitted before the acquirer has joined, and no contract is no transfer."""
    claim = given.opened_transfer(world)
    officer, stranger = world.actor("officer"), world.actor("stranger")
    error = refused(WrongState, lambda: submit_claim(claim.pk, by=officer))
    assert error.code == "not-joined"
    refused(NotAllowed, lambda: join_transfer(claim.pk, by=officer))
    refused(NotAllowed, lambda: join_transfer(claim.pk, by=world.actor("reviewer")))
    join_transfer(claim.pk, by=stranger)
    lacking = refused(Invalid, lambda: submit_claim(claim.pk, by=officer))
    assert (lacking.code, "art. 34" in lacking.sentence) == ("transfer-contract-missing", True)
    given.attached(world, claim, kind=EvidenceKind.CONTRACT)
    assert submit_claim(claim.pk, by=officer).state == ClaimState.SUBMITTED


def test_asking_again_changes_nothing_and_asking_otherwise_is_refused(world: World) -> None:
    """One transfer of a certificate runs at a time; either side takes it back."""
    claim = given.opened_transfer(world)
    assert claim.preceding is not None
    assert given.opened_transfer(world, claim.preceding) == claim
    error = refused(
        WrongState,
        lambda: given.opened_transfer(world, claim.preceding, rights=frozenset({"use"})),
    )
    assert error.code == "transfer-running"
    error = refused(WrongState, lambda: given.drafted_claim(world, dataset=claim.dataset))
    assert error.code == "transfer-running"
    assert withdraw_claim(claim.pk, by=world.actor("stranger")).state == ClaimState.WITHDRAWN
    assert given.opened_transfer(world, claim.preceding) != claim


@pytest.mark.parametrize(
    ("acquirer", "code"), [("officer", "no-acquirer"), ("reviewer", "no-acquirer")]
)
def test_not_everybody_can_acquire(world: World, acquirer: str, code: str) -> None:
    """Neither the holder itself nor the centre, which keeps the register."""
    certificate = given.certified(world)
    error = refused(Invalid, lambda: given.opened_transfer(world, certificate, acquirer=acquirer))
    assert error.code == code


def test_only_what_the_certificate_gives_passes(world: World) -> None:
    """And texts have their length."""
    certificate = given.certified(world, rights=frozenset({"hold", "use"}))
    officer, acquirer = world.actor("officer"), world.organization("stranger").pk
    cases: list[tuple[dict[str, Any], str]] = [
        ({"rights": frozenset({"operate"})}, "right-not-held"),
        ({"limits": "x" * 301}, "too-long"),
        ({"reference": "x" * 121}, "too-long"),
    ]
    for changes, code in cases:
        error = refused(
            Invalid,
            lambda changes=changes: open_transfer(
                certificate.pk, acquirer_id=acquirer, **changes, by=officer
            ),
        )
        assert error.code == code


def test_the_database_keeps_the_rules_too(world: World) -> None:
    """One running transfer of a certificate, of something, asked for by both sides."""
    claim = given.opened_transfer(world)
    for changes in ({"preceding": None}, {"state": ClaimState.SUBMITTED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(**changes)
