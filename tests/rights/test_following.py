"""Renewal by whoever holds a right, change of what is registered, and giving it up."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.accounts.models import Organization
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.credentials.selectors import claims_of
from marketplace.credentials.states import CredentialState, StatusReason
from marketplace.ledger.models import Entry
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificate_in_force, chain_of_title
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.due.selectors import certificates_due
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.follow_up.services import ask_cancellation, ask_change
from marketplace.rights.registration.changes import changes_of
from marketplace.rights.registration.services import confirm_claim, submit_claim, withdraw_claim
from tests.conftest import PageClients
from tests.given import following
from tests.given import rights as given
from tests.given.world import World
from tests.rights.test_drafting import refused
from tests.rights.test_transfers import confirm, registered, replayed


def acquired(world: World, *, acquirer: str = "stranger", limits: str = "") -> Certificate:
    """Return a right of one year that passed to another organization on 2026-11-05."""
    with clock.stopped_at(given.at("2026-11-05")):
        old = given.certified(world, term_years=1, restrictions="In Fujian")
        return given.transferred(world, old, acquirer=acquirer, limits=limits)


def test_who_acquired_a_right_renews_it(world: World) -> None:
    """Without the dataset, which it cannot see; the renewal states what the certificate stated."""
    held = acquired(world)
    with clock.stopped_at(given.at("2027-06-01")):
        claim = following.asked_renewal(world, held, by="stranger", term_years=2)
        assert following.asked_renewal(world, held, by="stranger", term_years=2) == claim
        lacking = refused(Invalid, lambda: submit_claim(claim.pk, by=world.actor("stranger")))
        assert (lacking.code, "art. 36" in lacking.sentence) == ("continuity-not-shown", True)
        renewed = following.confirmed_following(world, claim, by="stranger")
    assert (renewed.claim.kind, renewed.organization) == (ClaimKind.RENEWAL, held.organization)
    assert (str(renewed.valid_until), renewed.rights) == ("2029-06-01", held.rights)
    assert (renewed.scope_sha256, renewed.version) == (held.scope_sha256, held.version)
    stated, before = claims_of(renewed.credential), claims_of(held.credential)
    assert stated["data"] == before["data"]
    assert stated["rights"]["restrictions"] == "In Fujian"
    shown = {each["kind"] for each in stated["rights"]["evidence"]}
    assert shown == {"source", "contract", "continuity"}
    held.refresh_from_db()
    assert held.state == CertificateState.IN_FORCE
    assert registered(held.dataset) == replayed(held.dataset)
    with clock.stopped_at(given.at("2027-11-06")):
        assert advance_due_claims(by=given.software()) == [held.claim_id]
        found = certificate_in_force(held.dataset_id, held.organization_id, "use", on=clock.today())
    assert found == renewed


def test_buyers_look_after_what_their_organization_acquired(world: World) -> None:
    """They are asked to renew it and may; of the owner only officers may."""
    held = acquired(world, acquirer="buyer")
    with clock.stopped_at(given.at("2027-06-01")):
        assert list(certificates_due(world.actor("buyer"), on=clock.today())) == [held]
        claim = following.asked_renewal(world, held, by="buyer")
        assert following.confirmed_following(world, claim, by="buyer").predecessor == held
    own = given.certified(world)
    refused(NotAllowed, lambda: following.asked_change(world, own, by="finance"))


def test_a_renewal_has_its_time_and_comes_once(world: World) -> None:
    """From half a year before the end to the day before, and the newer one is renewed next."""
    held = acquired(world)
    for day in ("2027-05-04", "2027-11-05"):
        with clock.stopped_at(given.at(day)):
            error = refused(WrongState, lambda: following.asked_renewal(world, held, by="stranger"))
        assert error.code == "renewal-out-of-time"
    with clock.stopped_at(given.at("2027-06-01")):
        error = refused(
            Invalid, lambda: following.asked_renewal(world, held, by="stranger", term_years=6)
        )
        assert error.code == "validity-too-long"
        claim = following.asked_renewal(world, held, by="stranger")
        following.confirmed_following(world, claim, by="stranger")
        error = refused(WrongState, lambda: following.asked_renewal(world, held, by="stranger"))
        assert error.code == "renewed-already"


def test_a_renewed_right_passes_wholly_from_one_certificate(world: World) -> None:
    """While the old one lasts beside the new, the holder gives one up first."""
    held = acquired(world)
    with clock.stopped_at(given.at("2027-06-01")):
        claim = following.asked_renewal(world, held, by="stranger")
        renewed = following.confirmed_following(world, claim, by="stranger")
        error = refused(WrongState, lambda: given.opened_transfer(world, renewed, acquirer="buyer"))
        assert error.code == "right-held-twice"
        ending = following.asked_cancellation(world, held, by="stranger")
        following.confirmed_following(world, ending, by="stranger")
        given.transferred(world, renewed, acquirer="buyer")
    assert registered(held.dataset) == replayed(held.dataset)


def test_a_renewal_in_time_is_decided_after_the_end(world: World) -> None:
    """The right lapses meanwhile, and is certified anew from the day of its deposit."""
    held = acquired(world)
    with clock.stopped_at(given.at("2027-11-04")):
        claim = following.asked_renewal(world, held, by="stranger", term_years=1)
        following.waived_following(world, claim, by="stranger")
    with clock.stopped_at(given.at("2027-11-10")):
        advance_due_claims(by=given.software())
        renewed = confirm(world, claim)
    assert (str(renewed.valid_from), str(renewed.valid_until)) == ("2027-11-10", "2028-11-10")
    assert registered(held.dataset) == replayed(held.dataset)


def test_a_change_states_new_particulars(world: World) -> None:
    """Of holder, limits and term; the earlier certificate ends, the right goes on."""
    old = given.certified(world, term_years=3)
    Organization.objects.filter(pk=old.organization_id).update(name="Fuzhou Metro Bureau")
    claim = following.asked_change(world, old, term_years=2)
    assert {label for label, _before, _after in changes_of(claim)} == {
        "Name of the holder",
        "Term",
        "Restrictions",
    }
    new = following.confirmed_following(world, claim)
    old.refresh_from_db()
    assert (old.state, old.claim.state) == (CertificateState.SUPERSEDED, ClaimState.SUPERSEDED)
    assert old.credential.state == CredentialState.REVOKED
    assert old.credential.reason == StatusReason.SUPERSEDED
    assert (new.predecessor, new.rights, new.claim.kind) == (old, old.rights, ClaimKind.CHANGE)
    assert new.valid_until == old.valid_until.replace(year=old.valid_until.year - 1)
    stated = claims_of(new.credential)
    assert stated["applicant"]["name"] == "Fuzhou Metro Bureau"
    assert (stated["rights"]["restrictions"], stated["rights"]["term_years"]) == ("In Fujian", 2)
    entry = Entry.objects.get(kind="rights.registration_changed")
    assert entry.payload == {"particulars": ["holder_name", "term_years", "restrictions"]}
    assert list(chain_of_title(old.dataset_id)) == [old, new]
    assert registered(old.dataset) == replayed(old.dataset)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"restrictions": ""}, "nothing-changed"),
        ({"term_years": 4}, "term-longer"),
        ({"term_years": -1}, "term-longer"),
        ({"term_years": 40_000}, "term-longer"),
        ({"grounds": " "}, "reason-missing"),
        ({"restrictions": "x" * 501}, "too-long"),
        ({"industry": "Z"}, "no-such-industry"),
    ],
)
def test_what_no_change_is(world: World, changes: dict[str, Any], code: str) -> None:
    """Each with its sentence, and nothing is begun."""
    old = given.certified(world)
    asked: dict[str, Any] = {
        "grounds": "So.",
        "restrictions": "In Fujian",
        "industry": "G",
        "term_years": 3,
    }
    error = refused(
        Invalid, lambda: ask_change(old.pk, **(asked | changes), by=world.actor("officer"))
    )
    assert error.code == code
    assert not Claim.objects.filter(preceding=old).exists()


def test_no_term_is_shortened_into_the_past(world: World) -> None:
    """Who wants a right to be over gives it up."""
    with clock.stopped_at(given.at("2026-11-05")):
        old = given.certified(world, term_years=3)
    with clock.stopped_at(given.at("2028-11-06")):
        error = refused(Invalid, lambda: following.asked_change(world, old, term_years=2))
        assert error.code == "term-over"


def test_agreed_limits_stay(world: World) -> None:
    """A change does not give what a transfer held back, also after the right passed on."""
    held = acquired(world, limits="Half, for insurance")
    assert held.claim.restrictions == "In Fujian; Half, for insurance"
    with clock.stopped_at(given.at("2026-11-10")):
        error = refused(
            Invalid,
            lambda: following.asked_change(world, held, by="stranger", restrictions="None"),
        )
        assert error.code == "limits-agreed"
        back = given.transferred(world, held, acquirer="buyer")
        assert claims_of(back.credential)["remarks"]["agreed_terms"] == "Half, for insurance"
        claim = following.asked_change(
            world, back, by="buyer", restrictions="In Asia; Half, for insurance"
        )
        new = following.confirmed_following(world, claim, by="buyer")
    assert claims_of(new.credential)["remarks"]["agreed_terms"] == "Half, for insurance"


def test_a_right_that_is_given_up_ends_when_a_second_person_says_so(world: World) -> None:
    """Without a notice; the credential is revoked, and the claim is cancelled with it."""
    old = given.certified(world)
    claim = following.asked_cancellation(world, old)
    following.waived_following(world, claim)
    reviewer = world.actor("second_reviewer")
    old.refresh_from_db()
    assert old.state == CertificateState.IN_FORCE
    refused(
        NotAllowed,
        lambda: confirm_claim(claim.pk, checklist=given.RIGHT_CHECKLIST, by=world.actor("officer")),
    )
    ended = confirm_claim(claim.pk, checklist=given.RIGHT_CHECKLIST, by=reviewer)
    claim.refresh_from_db()
    old.refresh_from_db()
    assert (ended, old.state, claim.state) == (old, "cancelled", ClaimState.CANCELLED)
    assert (old.credential.state, old.credential.reason) == ("revoked", StatusReason.WITHDRAWN)
    assert old.claim.state == ClaimState.CANCELLED
    assert old.reason == following.GROUNDS
    assert registered(old.dataset) == replayed(old.dataset) == set()


def test_a_holder_takes_it_back_before(world: World) -> None:
    """And nothing happened to the certificate."""
    old = given.certified(world)
    claim = following.asked_cancellation(world, old)
    assert withdraw_claim(claim.pk, by=world.actor("officer")).state == ClaimState.WITHDRAWN
    assert given.opened_transfer(world, old).preceding == old


def test_one_thing_at_a_time(world: World) -> None:
    """What runs is finished first, and asking otherwise is no asking again."""
    old = given.certified(world)
    following.asked_change(world, old)
    for act in (
        lambda: following.asked_cancellation(world, old),
        lambda: following.asked_change(world, old, restrictions="In Asia"),
        lambda: given.opened_transfer(world, old),
    ):
        assert refused(WrongState, act).code == "claim-running"
    other = given.certified(world)
    given.opened_transfer(world, other)
    error = refused(WrongState, lambda: following.asked_cancellation(world, other))
    assert error.code == "transfer-running"


@pytest.mark.parametrize("kind", ["change", "cancel"])
def test_doubt_holds_it_up_to_the_end(world: World, kind: str) -> None:
    """An objection to the right that it rests on speaks against it until it is decided."""
    old = given.certified(world)
    ask = following.asked_change if kind == "change" else following.asked_cancellation
    claim = following.waived_following(world, ask(world, old))
    given.raised_objection(world, old.claim)
    assert refused(WrongState, lambda: confirm(world, claim)).code == "objection-open"


def test_the_pages_lead_there_and_show_what_changes(world: World, page_of: PageClients) -> None:
    """To the holder; a reviewer sees before and after."""
    old = given.certified(world)
    client = page_of("officer")
    text = client.get(reverse("certificate_detail", args=[old.pk])).content.decode()
    for name in ("certificate_change", "certificate_give_up"):
        assert reverse(name, args=[old.pk]) in text
    claim = following.asked_change(world, old)
    shown = client.get(reverse("claim_detail", args=[claim.pk])).content.decode()
    assert "As it shall stand" in shown
    following.submitted_following(world, claim)
    review = page_of("reviewer").get(reverse("claim_review", args=[claim.pk])).content.decode()
    assert "As it shall stand" in review


def test_the_database_keeps_a_cancellation_whole(world: World) -> None:
    """It names a certificate and why."""
    claim = following.asked_cancellation(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(grounds="")
    assert (
        ask_cancellation(
            claim.preceding_id or claim.pk, grounds=following.GROUNDS, by=world.actor("officer")
        )
        == claim
    )
