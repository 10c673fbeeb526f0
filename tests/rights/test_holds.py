"""What holds a right up holds all its certificates: the old one, its renewal, a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from marketplace.appraisal.appraisal.services import approve_appraisal, submit_appraisal
from marketplace.core import clock
from marketplace.core.errors import WrongState
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import Refused
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.entry.services import decide_remark, enter_remark
from marketplace.rights.freeze.services import (
    cancel_certificate,
    freeze_certificate,
    unfreeze_certificate,
)
from marketplace.rights.hearing.services import decide_objection
from marketplace.rights.objection.models import Objection
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.selectors import remarks_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import resume_listing
from tests.conftest import PageClients
from tests.credentials.test_status import bytes_of, lists_of, trust_in
from tests.given import appraisal, ceilings, delivery, following, renewals, trading
from tests.given import rights as given
from tests.given.catalog import approved_dataset
from tests.given.pipeline import catch_up
from tests.given.remarks import judicially_frozen, lifted_freeze, proposed_freeze
from tests.given.world import World
from tests.rights.test_drafting import refused

FIRST, LATER, AFTERWARDS = "2026-11-05", "2027-05-10", "2027-11-08"
"""When the right is certified, when it is renewed, and when the first certificate is over."""

Hold = Callable[[World, Certificate], Any]


def of_one_year(world: World) -> Certificate:
    """Return a certificate that can be renewed on `LATER`."""
    with clock.stopped_at(given.at(FIRST)):
        return given.certified(world, term_years=1)


def renewed(world: World, first: Certificate | None = None) -> tuple[Certificate, Certificate]:
    """Return a certificate and its renewal, both in force."""
    first = first or of_one_year(world)
    with clock.stopped_at(given.at(LATER)):
        claim = following.asked_renewal(world, first)
        return first, following.confirmed_following(world, claim)


def control(world: World, certificate: Certificate) -> Remark:
    """Let an authority control it."""
    remark = enter_remark(
        certificate.pk,
        kind="administrative_control",
        authority="Data Bureau",
        document_number="2026-9",
        by=world.actor("reviewer"),
    )
    return decide_remark(remark.pk, is_confirmed=True, by=world.actor("second_reviewer"))


def objected(world: World, certificate: Certificate) -> Objection:
    """Let somebody object to it."""
    return given.raised_objection(world, certificate.claim)


def ordered(world: World, certificate: Certificate) -> Certificate:
    """Let the centre freeze it."""
    return freeze_certificate(certificate.pk, reason="Doubt.", by=world.actor("reviewer"))


def reject(world: World, objection: Objection) -> None:
    """Decide an objection for the holder."""
    decide_objection(objection.pk, is_upheld=False, reason="No proof.", by=world.actor("reviewer"))


def let_go(world: World, certificate: Certificate) -> None:
    """Lift the centre's order, by whichever certificate."""
    unfreeze_certificate(certificate.pk, by=world.actor("reviewer"))


HOLDS: dict[str, tuple[Hold, Callable[[World, Any], Any]]] = {
    "judicial": (judicially_frozen, lifted_freeze),
    "controlled": (control, lifted_freeze),
    "objection": (objected, reject),
    "ordered": (ordered, let_go),
}


def states(*certificates: Certificate) -> list[tuple[str, str, str]]:
    """Return the state of each, and its credential's with the reason."""
    return [
        (one.state, one.credential.state, one.credential.reason)
        for one in Certificate.objects.select_related("credential")
        .filter(pk__in=[each.pk for each in certificates])
        .order_by("created_at")
    ]


def verified(certificate: Certificate) -> list[str]:
    """Let the offline verifier check a certificate with its status lists."""
    credential = certificate.credential
    outcome = verify.check_certificate(
        bytes_of(credential),
        trust=trust_in(credential),
        status_lists=lists_of(credential),
        now=clock.now(),
    )
    return list(outcome.lines)


IN_FORCE = ("in_force", "issued", "")


@pytest.mark.parametrize("reason", HOLDS)
@pytest.mark.parametrize("place", [0, 1], ids=["old", "renewal"])
def test_a_hold_of_one_holds_both_until_it_is_lifted(reason: str, place: int, world: World) -> None:
    """Whichever it was put on; a stranger's verifier sees both suspended, and both again."""
    pair = renewed(world)
    hold, lift = HOLDS[reason]
    with clock.stopped_at(given.at(LATER, hour=12)):
        held = hold(world, pair[place])
        assert states(*pair) == [("frozen", "suspended", reason)] * 2
        for one in pair:
            with pytest.raises(Refused, match="suspended"):
                verified(one)
        lift(world, held)
        assert states(*pair) == [IN_FORCE] * 2
        for one in pair:
            assert any("no suspension" in line for line in verified(one))


@pytest.mark.parametrize("place", [0, 1], ids=["old", "renewal"])
def test_trade_by_either_stops_and_goes_on(place: int, world: World, page_of: PageClients) -> None:
    """A listing rests on one of the two, and the court's freeze stands on the other."""
    first = of_one_year(world)
    with clock.stopped_at(given.at(LATER, hour=9)):
        ceilings.in_force(world, first.dataset)
        early = None if place else listed(world, first)
    pair = renewed(world, first)
    with clock.stopped_at(given.at(LATER, hour=12)):
        listing = early or listed(world, pair[1])
        assert listing.certificate == pair[place]
        grant = delivery.granted(world, trading.paid(world, trading.placed(world, listing)))
        download = partial(page_of("buyer").get, reverse("grant_download", args=[grant.pk]))
        catch_up()
        assert download().status_code == 200
        remark = judicially_frozen(world, pair[1 - place])
        error = refused(WrongState, partial(trading.placed, world, listing))
        assert error.code == "right-frozen"
        assert download().status_code == 409
        catch_up()
        listing.refresh_from_db()
        assert (listing.state, listing.suspension) == ("suspended", "gate")
        lifted_freeze(world, remark)
        assert download().status_code == 200
        resumed = resume_listing(listing.pk, by=world.actor("officer"))
        assert resumed.state == "published"


def listed(world: World, certificate: Certificate) -> Listing:
    """Mask and value the data, and bring it to the market."""
    version = trading.masked(world, certificate.dataset)
    draft = appraisal.drafted(world, certificate.dataset, remaining_life_years="0.4")
    submit_appraisal(draft.pk, by=world.actor("officer"))
    approve_appraisal(draft.pk, checklist=appraisal.CHECKLIST, by=world.actor("reviewer"))
    return renewals.published(world, trading.drafted(world, version))


@pytest.mark.parametrize("reason", HOLDS)
def test_what_is_certified_meanwhile_is_held_from_the_beginning(reason: str, world: World) -> None:
    """The owner claims the right anew in its time; it is lifted for both."""
    first = of_one_year(world)
    hold, lift = HOLDS[reason]
    with clock.stopped_at(given.at(LATER)):
        held = hold(world, first)
        second = given.certified(world, dataset=first.dataset, term_years=2)
        assert second.claim.kind == "renewal"
        assert states(first, second) == [("frozen", "suspended", reason)] * 2
        lift(world, held)
        assert states(first, second) == [IN_FORCE] * 2


def test_a_freeze_outlives_the_certificate_that_it_was_put_on(
    world: World, page_of: PageClients
) -> None:
    """The old one expires; the renewal stays frozen until two reviewers lift it from there."""
    first, second = renewed(world)
    with clock.stopped_at(given.at(LATER)):
        remark = judicially_frozen(world, first)
    with clock.stopped_at(given.at(AFTERWARDS)):
        advance_due_claims(by=given.software())
        assert [state for state, _credential, _why in states(first, second)] == [
            "expired",
            "frozen",
        ]
        assert list(remarks_of(second)) == [remark]
        page = page_of("reviewer").get(reverse("certificate_detail", args=[second.pk]))
        assert f"Entered on certificate {first.number}" in page.content.decode()
        assert reverse("remark_lift", args=[remark.pk]) in page.content.decode()
        assert proposed_freeze(world, second) == remark
        lifted_freeze(world, remark)
        assert states(second) == [IN_FORCE]


def test_a_freeze_confirmed_after_a_change_holds_what_took_its_place(world: World) -> None:
    """It was entered while the certificate was in force, which a change ended meanwhile."""
    first = given.certified(world)
    remark = proposed_freeze(world, first)
    second = following.confirmed_following(world, following.asked_change(world, first))
    decide_remark(remark.pk, is_confirmed=True, by=world.actor("second_reviewer"))
    assert [state for state, _credential, _why in states(first, second)] == [
        "superseded",
        "frozen",
    ]


def test_another_right_and_another_holder_go_on(world: World) -> None:
    """Over the same data: rights are held independently, by one or several."""
    dataset = approved_dataset(world)
    use = given.certified(world, dataset=dataset, rights=frozenset({"use"}))
    operate = given.certified(world, dataset=dataset, rights=frozenset({"operate"}))
    passed = given.transferred(world, operate, limits="In Fujian")
    judicially_frozen(world, use)
    kept = Certificate.objects.get(predecessor=operate, organization=operate.organization)
    assert [state for state, _credential, _why in states(use, passed, kept)] == [
        "frozen",
        "in_force",
        "in_force",
    ]


def test_each_of_several_holds_is_lifted_by_itself(world: World) -> None:
    """A court by the old one, an objection to the renewal: both go on after the last of them."""
    first, second = renewed(world)
    with clock.stopped_at(given.at(LATER, hour=12)):
        remark, objection = judicially_frozen(world, first), objected(world, second)
        for one in (first, second):
            act = freeze_certificate
            assert act(one.pk, reason="Doubt.", by=world.actor("reviewer")).state == "frozen"
        lifted_freeze(world, remark)
        assert states(first, second) == [("frozen", "suspended", "ordered")] * 2
        error = refused(
            WrongState, lambda: unfreeze_certificate(first.pk, by=world.actor("reviewer"))
        )
        assert error.code == "objection-open"
        reject(world, objection)
        let_go(world, second)
        assert states(first, second) == [IN_FORCE] * 2


def test_what_renewed_a_right_ends_with_it(world: World) -> None:
    """An objection to the old one that is upheld leaves no renewal behind."""
    pair = renewed(world)
    with clock.stopped_at(given.at(LATER, hour=12)):
        objection = objected(world, pair[0])
        decide_objection(
            objection.pk, is_upheld=True, reason="It was ours.", by=world.actor("reviewer")
        )
    assert states(*pair) == [("cancelled", "revoked", "cancelled")] * 2


def test_what_a_right_was_renewed_from_stays(world: World) -> None:
    """The centre cancels the renewal alone; its objection lapses and the old one goes on."""
    first, second = renewed(world)
    with clock.stopped_at(given.at(LATER, hour=12)):
        objected(world, second)
        cancel_certificate(second.pk, reason="Wrong term.", by=world.actor("reviewer"))
    assert states(first, second) == [IN_FORCE, ("cancelled", "revoked", "cancelled")]


def test_a_held_right_is_not_cancelled_by_its_other_certificate(world: World) -> None:
    """A court holds the right, whichever certificate its remark stands on."""
    first, second = renewed(world)
    with clock.stopped_at(given.at(LATER, hour=12)):
        judicially_frozen(world, first)
        error = refused(
            WrongState,
            lambda: cancel_certificate(second.pk, reason="Sold.", by=world.actor("reviewer")),
        )
    assert error.code == "held-by-remark"
