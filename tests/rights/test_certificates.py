"""Certificates after they were issued: frozen, let go, cancelled, expired, relied on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, transaction

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import (
    certificate_in_force,
    certificates_visible_to,
    latest_certificate,
    lock_certificate,
)
from marketplace.rights.claim.models import Claim, ClaimedRight
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.freeze.services import (
    cancel_certificate,
    freeze_certificate,
    unfreeze_certificate,
)
from tests.given import rights as given
from tests.given.world import World
from tests.rights.test_clocks import CASES
from tests.rights.test_drafting import refused


def test_a_freeze_by_order_holds_until_it_is_lifted(world: World) -> None:
    """The credential follows; freezing again changes nothing."""
    certificate = given.frozen_certificate(world)
    assert (certificate.state, certificate.credential.state) == ("frozen", "issued")
    certificate.credential.refresh_from_db()
    assert (certificate.credential.state, certificate.credential.reason) == ("suspended", "ordered")
    before = Entry.objects.count()
    freeze_certificate(certificate.pk, reason="Again", by=world.actor("reviewer"))
    assert Entry.objects.count() == before
    loose = unfreeze_certificate(certificate.pk, by=world.actor("reviewer"))
    assert (loose.state, loose.freeze_order) == ("in_force", "")
    before = Entry.objects.count()
    unfreeze_certificate(certificate.pk, by=world.actor("reviewer"))
    assert Entry.objects.count() == before


def test_a_frozen_right_is_not_in_force_but_is_found(world: World) -> None:
    """So that a refusal can say that it is frozen."""
    certificate = given.frozen_certificate(world)
    place = (certificate.dataset_id, certificate.organization_id, "operate")
    assert certificate_in_force(*place, on=clock.today()) is None
    assert latest_certificate(*place) == certificate


def test_an_open_objection_keeps_a_certificate_frozen(world: World) -> None:
    """It is decided first."""
    certificate = given.certified(world)
    given.raised_objection(world, certificate.claim)
    error = refused(
        WrongState, lambda: unfreeze_certificate(certificate.pk, by=world.actor("reviewer"))
    )
    assert error.code == "objection-open"


def test_the_centre_cancels_on_its_own(world: World) -> None:
    """The claim ends, the credential is revoked, open objections lapse."""
    certificate = given.certified(world)
    objection = given.raised_objection(world, certificate.claim)
    cancelled = cancel_certificate(
        certificate.pk, reason="The data was destroyed.", by=world.actor("reviewer")
    )
    cancelled.claim.refresh_from_db()
    cancelled.credential.refresh_from_db()
    objection.refresh_from_db()
    assert (cancelled.state, cancelled.claim.state) == ("cancelled", ClaimState.CANCELLED)
    assert (cancelled.credential.state, cancelled.credential.reason) == ("revoked", "cancelled")
    assert objection.state == "lapsed"
    refused(
        WrongState,
        lambda: freeze_certificate(certificate.pk, reason="Late", by=world.actor("reviewer")),
    )


def test_who_may_not(world: World) -> None:
    """Holders do not freeze, strangers see nothing, and each end has a reason."""
    certificate = given.certified(world)
    refused(
        NotAllowed,
        lambda: freeze_certificate(certificate.pk, reason="Mine", by=world.actor("officer")),
    )
    refused(NotAllowed, lambda: unfreeze_certificate(certificate.pk, by=world.actor("officer")))
    refused(
        NotAllowed,
        lambda: cancel_certificate(certificate.pk, reason="Mine", by=world.actor("officer")),
    )
    refused(
        NotFound,
        lambda: cancel_certificate(certificate.pk, reason="Theirs", by=world.actor("stranger")),
    )
    for act in (freeze_certificate, cancel_certificate):
        refused(
            Invalid,
            lambda act=act: act(certificate.pk, reason=" ", by=world.actor("reviewer")),
        )
    assert not certificates_visible_to(world.actor("stranger")).exists()


def test_a_certificate_expires_after_its_last_day(world: World) -> None:
    """Five years after its deposit, as in article 26's case."""
    case = CASES["reg-07"]
    with clock.stopped_at(given.at(case["inputs"]["deposited"])):
        certificate = given.certified(world, term_years=case["inputs"]["years"])
    assert str(certificate.valid_until) == case["expected"]["expiry"]
    with clock.stopped_at(given.at(case["expected"]["expiry"], hour=23)):
        assert advance_due_claims(by=given.software()) == []
    with clock.stopped_at(given.at("2031-11-06")):
        assert advance_due_claims(by=given.software()) == [certificate.claim_id]
    certificate.refresh_from_db()
    certificate.claim.refresh_from_db()
    assert (certificate.state, certificate.claim.state) == ("expired", ClaimState.EXPIRED)


def test_several_organizations_may_hold_the_same_right(world: World) -> None:
    """Article 21: no rule of the database stands in the way of a second holder of a right.

    Only an owner can claim so far, so the second claim is entered as a row.
    """
    case = CASES["reg-17"]
    certificate = given.certified(world, rights=frozenset({case["inputs"]["rights"][0]["right"]}))
    with transaction.atomic():
        second = Claim.objects.create(
            dataset=certificate.dataset,
            organization=world.organization("stranger"),
            term_years=3,
        )
        ClaimedRight.objects.create(claim=second, right=case["inputs"]["rights"][1]["right"])
    holders = Claim.objects.filter(claimed_rights__right="use", dataset=certificate.dataset)
    assert (holders.count() == 2) is case["expected"]["valid"]


@pytest.mark.postgres
def test_a_freeze_waits_for_whoever_relies_on_the_certificate(committed_database: None) -> None:
    """Readers do not queue behind each other, and a freeze comes after all of them."""
    world = World()
    certificate = given.certified(world)
    reviewer = world.actor("reviewer")
    began = Event()

    def freeze() -> Certificate:
        try:
            began.set()
            return freeze_certificate(certificate.pk, reason="A court asked.", by=reviewer)
        finally:
            connections.close_all()

    def read() -> str:
        try:
            with transaction.atomic():
                return lock_certificate(certificate.pk).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            assert lock_certificate(certificate.pk).state == "in_force"
            assert pool.submit(read).result(timeout=20) == "in_force"
            frozen = pool.submit(freeze)
            assert began.wait(20)
            _until_somebody_waits()
            assert Certificate.objects.get().state == "in_force"
        assert frozen.result(timeout=20).state == "frozen"


def _until_somebody_waits() -> None:
    """Wait until a session of this database waits for a lock, as the server sees it."""
    waiting = 0
    while not waiting:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            waiting = cursor.fetchone()[0]
