"""Transfers on their way: what holds them up, who hears of them, and their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.rights.certificate.models import Certificate, Reliance
from marketplace.rights.certificate.services import note_reliance
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.rights.hearing.services import decide_objection
from marketplace.rights.objection.selectors import open_objections
from marketplace.rights.registration.services import (
    accept_claim,
    open_notice,
    start_review,
    submit_claim,
    waive_notice,
)
from marketplace.rights.right.choices import Right
from marketplace.rights.right.title import present_titles
from marketplace.rights.transfer.services import join_transfer, open_transfer
from marketplace.trading.listings.publication.services import withdraw_listing
from tests.conftest import PageClients
from tests.given import rights as given
from tests.given import trading
from tests.given.pipeline import catch_up
from tests.given.world import World
from tests.rights.test_drafting import refused
from tests.rights.test_transfers import confirm

Doubt = Callable[[World, Certificate], None]


def _object(world: World, certificate: Certificate) -> None:
    given.raised_objection(world, certificate.claim, by="buyer")


def _freeze(world: World, certificate: Certificate) -> None:
    freeze_certificate(certificate.pk, reason="A court asked.", by=world.actor("reviewer"))


def _list(world: World, certificate: Certificate) -> None:
    note_reliance(certificate.pk, subject="listing:1", is_current=True, by=given.software())


@pytest.mark.parametrize(
    ("doubt", "code"),
    [
        (_object, "objection-open"),
        (_freeze, "certificate-frozen"),
        (_list, "listing-relies"),
    ],
)
def test_doubt_and_use_hold_a_transfer_up(world: World, doubt: Doubt, code: str) -> None:
    """At its beginning, when it is submitted and when it is confirmed, each with its sentence."""
    certificate = given.certified(world)
    claims = [given.waived_transfer(world, certificate)]
    doubt(world, certificate)
    error = refused(WrongState, lambda: confirm(world, claims[0]))
    assert error.code == code
    other = given.certified(world)
    drafted = given.joined_transfer(world, other)
    third = given.certified(world)
    doubt(world, other)
    doubt(world, third)
    error = refused(WrongState, lambda: submit_claim(drafted.pk, by=world.actor("officer")))
    assert error.code == code
    error = refused(WrongState, lambda: given.opened_transfer(world, third))
    assert error.code == code
    assert not Certificate.objects.filter(state=CertificateState.SUPERSEDED).exists()


def test_an_objection_to_the_transfer_itself_holds_it_up(world: World) -> None:
    """It is published like any claim; the certificate that passes stays in force meanwhile."""
    claim = given.joined_transfer(world)
    reviewer = world.actor("reviewer")
    submit_claim(claim.pk, by=world.actor("officer"))
    accept_claim(claim.pk, by=reviewer)
    start_review(claim.pk, by=reviewer)
    open_notice(claim.pk, by=reviewer)
    for party in ("officer", "stranger"):
        refused(NotAllowed, lambda party=party: given.raised_objection(world, claim, by=party))
    objection = given.raised_objection(world, claim, by="buyer")
    assert refused(WrongState, lambda: confirm(world, claim)).code == "objection-open"
    assert open_objections(claim).count() == 1
    decide_objection(objection.pk, is_upheld=True, reason="It is shown.", by=reviewer)
    claim.refresh_from_db()
    assert (claim.state, claim.preceding.state) == (  # type: ignore[union-attr]
        ClaimState.REFUSED,
        CertificateState.IN_FORCE,
    )


def test_nothing_passes_after_its_last_day(world: World) -> None:
    """The transfer's own notice may outlast the certificate."""
    with clock.stopped_at(given.at("2026-11-05")):
        claim = given.waived_transfer(world, given.certified(world, term_years=1))
    with clock.stopped_at(given.at("2027-11-06")):
        error = refused(WrongState, lambda: confirm(world, claim))
        assert error.code == "certificate-not-in-force"
        advance_due_claims(by=given.software())
    assert claim.preceding is not None
    assert present_titles(claim.dataset_id) == []


def test_software_opens_the_transfer_of_a_sold_right(world: World) -> None:
    """Although the listing still stands; it must be gone before the right passes."""
    certificate = given.certified(world)
    order = f"order:{certificate.pk}"
    _list(world, certificate)
    claim = open_transfer(
        certificate.pk,
        acquirer_id=world.organization("buyer").pk,
        reference=order,
        by=given.software(),
    )
    join_transfer(claim.pk, by=world.actor("buyer"))
    given.attached(world, claim, kind=EvidenceKind.CONTRACT)
    officer, reviewer = world.actor("officer"), world.actor("reviewer")
    assert refused(WrongState, lambda: submit_claim(claim.pk, by=officer)).code == "listing-relies"
    note_reliance(certificate.pk, subject="listing:1", is_current=False, by=given.software())
    submit_claim(claim.pk, by=officer)
    accept_claim(claim.pk, by=reviewer)
    start_review(claim.pk, by=reviewer)
    waive_notice(claim.pk, reason=given.WAIVER, by=reviewer)
    new = confirm(world, claim)
    told = Entry.objects.get(kind="rights.right_transferred")
    assert told.subject == f"certificate:{new.pk}"
    assert order in told.about
    assert f"claim:{claim.pk}" in told.about
    assert told.payload == {
        "acquirer": str(new.organization_id),
        "rights": ["hold", "use", "operate"],
        "is_limited": False,
        "remaining_certificate": None,
    }


def test_a_listing_on_the_market_is_known_to_the_register(world: World) -> None:
    """By the reaction to what happens to it, until it is withdrawn."""
    listing = trading.published(world)
    catch_up()
    reliance = Reliance.objects.get(certificate=listing.certificate)
    assert (reliance.subject, reliance.is_current) == (f"listing:{listing.pk}", True)
    assert listing.certificate is not None
    error = refused(WrongState, lambda: given.opened_transfer(world, listing.certificate))
    assert error.code == "listing-relies"
    withdraw_listing(listing.pk, reason="Sold.", by=world.actor("officer"))
    catch_up()
    reliance.refresh_from_db()
    assert not reliance.is_current
    given.opened_transfer(world, listing.certificate)


def test_only_software_notes_what_rests_on_a_certificate(world: World) -> None:
    """And noting it twice changes nothing."""
    certificate = given.certified(world)
    refused(
        NotAllowed,
        lambda: note_reliance(
            certificate.pk, subject="listing:1", is_current=True, by=world.actor("officer")
        ),
    )
    for is_current in (False, True, True, False, False):
        note_reliance(
            certificate.pk, subject="listing:1", is_current=is_current, by=given.software()
        )
    assert Entry.objects.filter(kind="rights.reliance_noted").count() == 2


def told(kind: str) -> set[str]:
    """Return who was told of a kind of thing."""
    rows = Notice.objects.filter(kind=kind).select_related("person")
    return {notice.person.email.partition("@")[0] for notice in rows}


def test_both_sides_are_told(world: World) -> None:
    """The acquirer that it shall join, the holder that it did, both how it ended."""
    given.transferred(world)
    catch_up()
    assert told("transfer_opened") == {"stranger"}
    assert told("transfer_joined") == {"officer", "colleague"}
    assert told("right_transferred") == {"stranger"}
    assert told("certificate_changed") == {"officer", "colleague"}


def test_the_pages_lead_through_a_transfer(world: World, page_of: PageClients) -> None:
    """Certificate, form, claim, join; a code that nobody has is told on the form."""
    certificate = given.certified(world)
    transfer = reverse("certificate_transfer", args=[certificate.pk])
    shown = page_of("officer").get(reverse("certificate_detail", args=[certificate.pk]))
    assert transfer in shown.content.decode()
    wrong = page_of("officer").post(transfer, {"acquirer_id": "91350100MA00000000"})
    assert wrong.status_code == 422
    assert "No verified organization has this code" in wrong.content.decode()
    claim = given.opened_transfer(world, certificate)
    page = reverse("claim_detail", args=[claim.pk])
    seen = page_of("stranger").get(page).content.decode()
    assert reverse("claim_join", args=[claim.pk]) in seen
    assert "Transport Bureau" in seen
    assert reverse("dataset_detail", args=[claim.dataset_id]) not in seen
    assert "has not joined yet" in page_of("officer").get(page).content.decode()
    assert page_of("buyer").get(page).status_code == 404


def test_each_of_the_sides_reads_its_own_certificates(world: World, page_of: PageClients) -> None:
    """The acquirer its new one, the holder what is left; the chain of title shows all."""
    new = given.transferred(world, rights=frozenset({Right.USE.value}), limits="In Fuzhou")
    left = Certificate.objects.exclude(pk=new.pk).get(predecessor=new.predecessor)
    page = page_of("stranger").get(reverse("certificate_detail", args=[new.pk])).content.decode()
    for number in (new.number, left.number, new.predecessor.number):  # type: ignore[union-attr]
        assert number in page
    assert "Agreed: In Fuzhou." in page
    assert page_of("stranger").get(reverse("certificate_detail", args=[left.pk])).status_code == 404
    page = page_of("officer").get(reverse("certificate_detail", args=[left.pk])).content.decode()
    assert f"passed to another holder by certificate {new.number}" in page


def test_time_passes_for_a_transfer_as_for_any_claim(world: World) -> None:
    """Silence is acceptance."""
    with clock.stopped_at(given.at("2026-11-05")):
        claim = given.joined_transfer(world)
        submit_claim(claim.pk, by=world.actor("officer"))
    with clock.stopped_at(given.at("2026-11-05") + timedelta(days=14)):
        assert claim.pk in advance_due_claims(by=given.software())
    claim.refresh_from_db()
    assert claim.state == ClaimState.ACCEPTED
