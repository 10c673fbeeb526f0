"""Renewals: in their time, of what is held, and the holder hears of them."""

from __future__ import annotations

from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid
from marketplace.ledger.models import Entry
from marketplace.rights.certificate.selectors import certificate_in_force, chain_of_title
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.freeze.services import cancel_certificate
from tests.conftest import PageClients
from tests.given import rights as given
from tests.given.catalog import approved_dataset
from tests.given.world import World
from tests.rights.test_drafting import refused


def test_a_right_is_renewed_in_its_time_only(world: World) -> None:
    """From six months before its end to the day before; a second certificate follows the first."""
    dataset = approved_dataset(world)
    with clock.stopped_at(given.at("2026-11-05")):
        first = given.certified(world, dataset=dataset, term_years=1)
    assert (str(first.renewal_from), str(first.valid_until)) == ("2027-05-05", "2027-11-05")
    for day in ("2027-05-04", "2027-11-05"):
        with clock.stopped_at(given.at(day)):
            error = refused(Invalid, lambda: given.drafted_claim(world, dataset=dataset))
        assert error.code == "right-held-already"
    with clock.stopped_at(given.at("2027-05-05")):
        second = given.certified(world, dataset=dataset, term_years=2)
    assert (second.claim.kind, str(second.valid_until)) == (ClaimKind.RENEWAL, "2029-05-05")
    with clock.stopped_at(given.at("2027-11-06")):
        assert advance_due_claims(by=given.software()) == [first.claim_id]
        held = certificate_in_force(dataset.pk, first.organization_id, "use", on=clock.today())
    assert held == second
    assert list(chain_of_title(dataset.pk)) == [first, second]


def test_other_rights_are_not_claimed_in_a_renewal(world: World) -> None:
    """They have evidence of their own to show."""
    dataset = approved_dataset(world)
    with clock.stopped_at(given.at("2026-11-05")):
        given.certified(world, dataset=dataset, rights=frozenset({"use"}), term_years=1)
    with clock.stopped_at(given.at("2027-06-01")):
        error = refused(
            Invalid,
            lambda: given.drafted_claim(
                world, dataset=dataset, rights=frozenset({"use", "operate"})
            ),
        )
    assert error.code == "renewal-mixed"


def test_the_holder_hears_once_that_a_renewal_may_be_asked_for(world: World) -> None:
    """On the first day of its time, and not of a certificate that was cancelled before."""
    with clock.stopped_at(given.at("2026-11-05")):
        certificate, gone = (given.certified(world, term_years=1) for _number in range(2))
        cancel_certificate(gone.pk, reason="Destroyed.", by=world.actor("reviewer"))
    with clock.stopped_at(given.at("2027-05-04", hour=23)):
        assert advance_due_claims(by=given.software()) == []
    with clock.stopped_at(given.at("2027-05-05")):
        assert advance_due_claims(by=given.software()) == [certificate.claim_id]
        assert advance_due_claims(by=given.software()) == []
    entry = Entry.objects.get(kind="rights.renewal_opened")
    assert entry.payload == {"valid_until": "2027-11-05"}


def test_the_page_leads_to_the_renewal_and_shows_the_chain(
    world: World, page_of: PageClients
) -> None:
    """While it may be asked for, to who may ask."""
    with clock.stopped_at(given.at("2026-11-05")):
        certificate = given.certified(world, term_years=1)
    address = reverse("certificate_detail", args=[certificate.pk])
    renewal = reverse("certificate_renew", args=[certificate.pk])
    for day, person, leads in (
        ("2027-05-04", "officer", False),
        ("2027-05-05", "officer", True),
        ("2027-05-05", "reviewer", False),
    ):
        with clock.stopped_at(given.at(day)):
            text = page_of(person).get(address).content.decode()
        assert (renewal in text) is leads
        assert "Chain of title" in text
