"""Remarks: agreed terms by one reviewer, freezes by two, and who sees them."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.credentials.models import Credential
from marketplace.credentials.states import CredentialState, StatusReason
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.entry.services import decide_remark, enter_remark, lift_remark
from marketplace.rights.freeze.services import (
    cancel_certificate,
    freeze_certificate,
    unfreeze_certificate,
)
from marketplace.rights.hearing.services import decide_objection
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.states import RemarkState
from marketplace.trading.listings.listing.states import ListingState
from tests.conftest import PageClients
from tests.given import rights as given
from tests.given import trading
from tests.given.pipeline import catch_up
from tests.given.remarks import COURT, judicially_frozen, proposed_freeze
from tests.given.world import World
from tests.rights.test_drafting import refused

AGREED = "Until 2027, for insurance alone"


def lifted(world: World, remark: Remark, *, by: str = "reviewer") -> Remark:
    """Lift a freeze by two reviewers."""
    lift_remark(remark.pk, **COURT, by=world.actor(by))
    second = "second_reviewer" if by == "reviewer" else "reviewer"
    return decide_remark(remark.pk, is_confirmed=True, by=world.actor(second))


def test_a_freeze_holds_once_two_have_entered_it(world: World) -> None:
    """Before that nothing changes; afterwards the certificate is suspended with its reason."""
    certificate = given.certified(world)
    remark = proposed_freeze(world, certificate)
    certificate.refresh_from_db()
    assert (remark.state, certificate.state) == (RemarkState.PROPOSED, CertificateState.IN_FORCE)
    refused(
        NotAllowed,
        lambda: decide_remark(remark.pk, is_confirmed=True, by=world.actor("reviewer")),
    )
    decide_remark(remark.pk, is_confirmed=True, by=world.actor("second_reviewer"))
    certificate.refresh_from_db()
    credential = Credential.objects.get(pk=certificate.credential_id)
    assert certificate.state == CertificateState.FROZEN
    assert (credential.state, credential.reason) == (
        CredentialState.SUSPENDED,
        StatusReason.JUDICIAL,
    )
    assert [each["document_number"] for each in credential.remarks] == [COURT["document_number"]]


def test_it_is_lifted_likewise(world: World) -> None:
    """Who asks does not confirm; the document of the lifting is named; then all goes on."""
    remark = judicially_frozen(world)
    reviewer = world.actor("reviewer")
    with pytest.raises(Invalid) as missing:
        lift_remark(remark.pk, by=reviewer)
    assert (missing.value.code, set(missing.value.fields)) == (
        "remark-incomplete",
        {"authority", "document_number"},
    )
    lift_remark(remark.pk, **COURT, by=reviewer)
    refused(NotAllowed, lambda: decide_remark(remark.pk, is_confirmed=True, by=reviewer))
    decide_remark(remark.pk, is_confirmed=False, by=world.actor("second_reviewer"))
    assert Certificate.objects.get().state == CertificateState.FROZEN
    assert lifted(world, remark).state == RemarkState.LIFTED
    certificate = Certificate.objects.get()
    assert certificate.state == CertificateState.IN_FORCE
    assert (certificate.credential.state, certificate.credential.remarks) == (
        CredentialState.ISSUED,
        [],
    )


def test_what_a_second_reviewer_does_not_confirm_never_held(world: World) -> None:
    """And it can be entered anew."""
    remark = proposed_freeze(world)
    assert proposed_freeze(world, remark.certificate) == remark
    decide_remark(remark.pk, is_confirmed=False, by=world.actor("second_reviewer"))
    certificate = Certificate.objects.get()
    assert (certificate.state, Entry.objects.filter(kind="rights.remark_made").count()) == (
        CertificateState.IN_FORCE,
        0,
    )
    assert proposed_freeze(world, certificate) != remark


def test_an_agreed_term_takes_nothing_away(world: World) -> None:
    """One reviewer enters and lifts it; the certificate stays in force."""
    certificate, reviewer = given.certified(world), world.actor("reviewer")
    with pytest.raises(Invalid) as missing:
        enter_remark(certificate.pk, kind="agreed_terms", by=reviewer)
    assert set(missing.value.fields) == {"text"}
    remark = enter_remark(certificate.pk, kind="agreed_terms", text=AGREED, by=reviewer)
    certificate.refresh_from_db()
    assert (remark.state, certificate.state) == (RemarkState.IN_FORCE, CertificateState.IN_FORCE)
    assert lift_remark(remark.pk, by=reviewer).state == RemarkState.LIFTED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "gossip"}, "no-such-remark"),
        ({"kind": "judicial_freeze"}, "remark-incomplete"),
        ({"kind": "administrative_control", "authority": "Data Bureau"}, "remark-incomplete"),
        ({"kind": "other", "text": "x" * 301}, "too-long"),
    ],
)
def test_bad_remarks_are_refused(world: World, changes: dict[str, str], code: str) -> None:
    """With the field, and nothing kept."""
    certificate = given.certified(world)
    error = refused(
        Invalid, lambda: enter_remark(certificate.pk, **changes, by=world.actor("reviewer"))
    )
    assert error.code == code
    assert not Remark.objects.exists()


def test_each_hold_is_let_go_by_itself(world: World) -> None:
    """Court, authority, objection and centre: the certificate goes on after the last of them."""
    certificate, reviewer = given.certified(world), world.actor("reviewer")
    objection = given.raised_objection(world, certificate.claim)
    court = judicially_frozen(world, certificate)
    control = enter_remark(
        certificate.pk,
        kind="administrative_control",
        authority="Data Bureau",
        document_number="2026-9",
        by=reviewer,
    )
    decide_remark(control.pk, is_confirmed=True, by=world.actor("second_reviewer"))
    decide_objection(objection.pk, is_upheld=False, reason="No proof.", by=reviewer)
    for act in (
        lambda: unfreeze_certificate(certificate.pk, by=reviewer),
        lambda: cancel_certificate(certificate.pk, reason="Sold.", by=reviewer),
    ):
        assert refused(WrongState, act).code == "held-by-remark"
    lifted(world, court)
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.FROZEN
    freeze_certificate(certificate.pk, reason="Doubt.", by=reviewer)
    lifted(world, control)
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.FROZEN
    assert unfreeze_certificate(certificate.pk, by=reviewer).state == CertificateState.IN_FORCE


def test_a_judicial_freeze_stops_trade_at_once(world: World) -> None:
    """The gate asks anew before any reaction has run; afterwards the listing is suspended."""
    listing = trading.published(world)
    assert listing.certificate is not None
    judicially_frozen(world, listing.certificate)
    error = refused(WrongState, lambda: trading.placed(world, listing))
    assert "court" in error.sentence
    catch_up()
    listing.refresh_from_db()
    assert listing.state == ListingState.SUSPENDED


def test_agreed_terms_follow_the_right(world: World) -> None:
    """Onto the acquirer's certificate and onto what is left."""
    old = given.certified(world)
    enter_remark(old.pk, kind="agreed_terms", text=AGREED, by=world.actor("reviewer"))
    given.transferred(world, old, rights=frozenset({"use"}))
    kept = Remark.objects.filter(certificate__predecessor=old)
    assert [remark.text for remark in kept] == [AGREED, AGREED]


def test_the_database_keeps_four_eyes(world: World) -> None:
    """And the authority with its document."""
    remark = judicially_frozen(world)
    for changes in (
        {"confirmed_by_id": remark.entered_by_id},
        {"lift_asked_by_id": remark.pk, "lift_confirmed_by_id": remark.pk},
        {"authority": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Remark.objects.filter(pk=remark.pk).update(**changes)


def test_everybody_who_looks_sees_it(world: World, page_of: PageClients) -> None:
    """Holder, register, printed sheet, what a stranger checks, and the API."""
    remark = judicially_frozen(world)
    certificate = remark.certificate
    pages = {
        "officer": [reverse("certificate_detail", args=[certificate.pk])],
        "": [
            reverse("public_notice", args=[certificate.claim_id]),
            reverse("credential_detail", args=[certificate.credential_id]),
            reverse("credential_sheet", args=[certificate.credential_id]),
            reverse("verify") + f"?number={certificate.number}",
        ],
    }
    for person, addresses in pages.items():
        for address in addresses:
            shown = page_of(person).get(address).content.decode()
            assert COURT["authority"] in shown, address
            assert COURT["document_number"] in shown, address
    answer = page_of("officer").get(reverse("api_get_certificate", args=[certificate.pk]))
    told = json.loads(answer.content)["remarks"]
    assert [(each["kind"], each["state"]) for each in told] == [("judicial_freeze", "in_force")]


def told(kind: str) -> set[str]:
    """Return who was told of a kind of thing."""
    rows = Notice.objects.filter(kind=kind).select_related("person")
    return {notice.person.email.partition("@")[0] for notice in rows}


def test_reviewers_and_holder_are_told(world: World) -> None:
    """The other reviewer that it waits, the holder's officers that it holds."""
    judicially_frozen(world)
    catch_up()
    assert told("remark_waits") == {"second_reviewer"}
    assert told("certificate_changed") == {"officer", "colleague"}


def test_the_suspension_names_what_weighs_most(world: World) -> None:
    """A court takes the place of an objection, and the centre's order that of the court."""
    certificate = given.certified(world)
    reviewer = world.actor("reviewer")

    def told() -> str:
        certificate.credential.refresh_from_db()
        return certificate.credential.reason

    objection = given.raised_objection(world, certificate.claim)
    assert told() == "objection"
    freeze_certificate(certificate.pk, reason="Doubt.", by=reviewer)
    assert told() == "ordered"
    court = judicially_frozen(world, certificate)
    assert told() == "judicial"
    decide_objection(objection.pk, is_upheld=False, reason="No proof.", by=reviewer)
    assert told() == "judicial"
    lifted(world, court)
    assert told() == "ordered"
    unfreeze_certificate(certificate.pk, by=reviewer)
    assert told() == ""
