"""What data on offer would bring is measured with noise, signed, and told to the buyer alone."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.envelope import unwrap
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.credentials.documents import canonical_bytes
from marketplace.credentials.selectors import claims_of, document_of
from marketplace.jobs.services import MOST_ATTEMPTS, beat_job, reclaim_jobs, take_job
from marketplace.learning.measurement.figures import Noise
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.rules import ACTS_ON_MEASUREMENT, acts_on_measurement
from marketplace.learning.measurement.selectors import (
    measurements_left,
    measurements_visible_to,
)
from marketplace.learning.measurement.services import cancel_measurement, finish_measurement
from marketplace.learning.measurement.steps import MEASUREMENTS, noise_purpose
from marketplace.ledger.selectors import entries_about
from marketplace.ledger.verifier.verify import REFUSED, UNKNOWN, main
from marketplace.notices.models import Notice
from marketplace.preparation.budget.models import BudgetCharge
from marketplace.preparation.budget.selectors import budget_of
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.measuring.models import MeasuringTerms
from marketplace.trading.listings.measuring.selectors import measuring_of
from marketplace.trading.listings.measuring.services import allow_measuring
from marketplace.trading.listings.publication.services import suspend_listing, withdraw_listing
from marketplace.vault.models import StoredFile
from marketplace.vault.services import open_stored
from tests.conftest import PageClients
from tests.given import measuring as given
from tests.given.measuring import ALLOWED, SYSTEM
from tests.given.pipeline import catch_up
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World


def spent(measurement: Measurement) -> Decimal:
    """Return the ε that measurements have spent of the data on offer."""
    return budget_of(measurement.version.dataset_id).measured


def test_a_buyer_learns_what_the_data_would_bring(world: World) -> None:
    """From rows whose labels say nothing the baseline is a guess; the data brings much."""
    guess = given.own_rows(50).with_columns(
        crowded=pl.Series(["yes", "no"] * 25), first=pl.lit(0.0), second=pl.lit(0.0)
    )
    done = given.executed(given.requested(world, own=given.as_csv(guess)))
    assert done.state == "done", (done.error_code, done.error_parameters)
    lift = {name: Decimal(value) for name, value in done.result["lift"].items()}
    assert lift["low"] > 0
    assert lift["low"] < lift["value"] < lift["high"]
    assert [one["source"] for one in done.result["source_values"]] == ALLOWED["sources"]
    assert (done.result["parts"], done.result["hold_out_rows"]) == (40, 300)
    assert spent(done) == ALLOWED["epsilon"]


def test_the_receipt_names_the_bytes_and_not_the_buyer(world: World) -> None:
    done = given.measured(world)
    assert done.credential is not None
    claims, document = claims_of(done.credential), document_of(done.credential)
    assert claims["version_sha256"] == done.listing.revision.version.sha256
    assert claims["hold_out_sha256"] == done.hold_out.sha256
    assert claims["lift"] == done.result["lift"]
    assert claims["epsilon"] == str(done.epsilon)
    written = json.dumps(document, ensure_ascii=False)
    assert done.organization.name not in written
    assert done.organization.uscc not in written


def test_any_byte_of_a_receipt_is_found_altered(world: World, tmp_path: Path) -> None:
    done = given.measured(world)
    assert done.credential is not None
    document = document_of(done.credential)
    path = tmp_path / "receipt.json"
    path.write_bytes(canonical_bytes(document))
    assert main([str(path)]) == UNKNOWN, "It fits; whose key it is nobody said."
    for name, value in (
        ("lift", {**document["credentialSubject"]["lift"], "value": "0.9000"}),
        ("version_sha256", "0" * 64),
        ("hold_out_sha256", "0" * 64),
        ("epsilon", "0.001"),
        ("source_values", document["credentialSubject"]["source_values"][:1]),
    ):
        altered = copy.deepcopy(document)
        altered["credentialSubject"][name] = value
        path.write_bytes(canonical_bytes(altered))
        assert main([str(path)]) == REFUSED, name


def test_the_same_request_is_the_same_measurement(world: World) -> None:
    """It costs once, whichever noise another one would have."""
    done = given.measured(world)
    again = given.requested(world, listing=done.listing)
    assert (again.pk, again.result) == (done.pk, done.result)
    assert Measurement.objects.count() == BudgetCharge.objects.filter(use="measuring").count() == 1
    assert StoredFile.objects.filter(purpose="measuring").count() == 2


def test_a_buyers_rows_are_destroyed(world: World) -> None:
    """Whether it was measured or failed; until then they are the buyer's alone."""
    done = given.measured(world)
    failed = given.executed(
        given.requested(world, listing=done.listing, held=b"first,second,route,crowded\n")
    )
    assert (failed.state, failed.error_code) == ("failed", "hold-out-rows")
    for measurement in (done, failed):
        for file in (measurement.hold_out, measurement.own_rows):
            file.refresh_from_db()
            assert file.removed_at is not None
            assert bytes(file.wrapped_key) == b""
            with pytest.raises(WrongState):
                open_stored(file)


def test_what_is_wrong_with_a_buyers_rows_costs_nothing(world: World) -> None:
    """And counts for none of the measurements that the buyer may have."""
    listing = given.measurable(world)
    once = {**ALLOWED, "most_of_buyer": 1}
    allow_measuring(listing.pk, **once, by=world.actor("officer"))
    nothing = b"first,second,route,crowded\n"
    failed = given.executed(given.requested(world, listing=listing, held=nothing))
    assert failed.state == "failed"
    assert spent(failed) == 0
    assert given.requested(world, listing=listing).state == "queued"


def test_the_seller_is_told_what_was_spent_and_not_by_whom(
    world: World, page_of: PageClients
) -> None:
    done = given.measured(world)
    assert not measurements_visible_to(world.actor("officer")).exists()
    told = [
        entry
        for subject in (f"listing:{done.listing_id}", f"dataset:{done.version.dataset_id}")
        for entry in entries_about(subject)
    ]
    assert not any(entry.organization_id == done.organization_id for entry in told)
    page = page_of("officer").get(reverse("measuring_allow", args=[done.listing_id]))
    assert "ε 2" in page.content.decode()


@pytest.mark.parametrize("person", ["officer", "reviewer"])
def test_who_may_not_measure(person: str, world: World) -> None:
    """The seller, and who buys for nobody."""
    with pytest.raises(NotAllowed):
        given.requested(world, by=person)
    assert not StoredFile.objects.filter(purpose="measuring").exists()


def test_a_buyer_measures_as_often_as_the_seller_allows(world: World) -> None:
    listing = given.measurable(world)
    for seed in range(ALLOWED["most_of_buyer"]):
        given.requested(world, listing=listing, seed=seed)
    with pytest.raises(WrongState) as refused:
        given.requested(world, listing=listing, seed=100)
    assert refused.value.code == "measured-enough"
    assert given.requested(world, listing=listing, seed=0).state == "queued", (
        "That one is there already."
    )


def test_the_budget_of_the_dataset_bounds_all_measurements(world: World) -> None:
    """Also where it was enough when they were asked for."""
    listing = given.measurable(world)
    most = budget_of(listing.revision.version.dataset_id).most
    allow_measuring(
        listing.pk,
        **{**ALLOWED, "epsilon": most * 3 / 4, "most_of_buyer": 3},
        by=world.actor("officer"),
    )
    first, second = (given.requested(world, listing=listing, seed=seed) for seed in (1, 2))
    taken = [take_job(one.pk, queue=MEASUREMENTS, by=SYSTEM) for one in (first, second)]
    given.charge(first, taken[0].attempt)
    with pytest.raises(WrongState) as refused:
        given.charge(second, taken[1].attempt)
    assert refused.value.code == "dataset-budget-spent"
    with pytest.raises(WrongState) as refused:
        given.requested(world, listing=listing, seed=3)
    assert refused.value.code == "dataset-budget-spent"


def test_what_failed_after_its_charge_counts(world: World) -> None:
    """Its ε is gone for ever, so that it is one of those that the buyer may have."""
    failed = given.failed_after_charge(world)
    assert (failed.state, spent(failed)) == ("failed", ALLOWED["epsilon"])
    assert measurements_left(failed.listing, failed.organization_id, the_terms(failed)) == 1
    given.requested(world, listing=failed.listing, seed=1)
    with pytest.raises(WrongState) as refused:
        given.requested(world, listing=failed.listing, seed=2)
    assert refused.value.code == "measured-enough"


@pytest.mark.parametrize("way", ["repeat", "request"])
def test_what_failed_after_its_charge_is_repeated_for_nothing(way: str, world: World) -> None:
    """With the noise that was drawn then, as one of the measurements of the buyer and not two."""
    failed = given.failed_after_charge(world)
    noise = bytes(failed.wrapped_noise)
    assert noise
    if way == "repeat":
        again = given.repeated(failed, world)
    else:
        again = given.requested(world, listing=failed.listing)
    assert (again.repeats, again.state) == (failed, "queued")
    done = given.executed(again)
    assert done.state == "done", (done.error_code, done.error_parameters)
    assert spent(done) == ALLOWED["epsilon"]
    assert BudgetCharge.objects.filter(use="measuring").count() == 1
    assert measurements_left(done.listing, done.organization_id, the_terms(done)) == 1
    failed.refresh_from_db()
    assert bytes(failed.wrapped_noise) == b"", "What hid the figures is kept nowhere."
    assert given.repeated(failed, world) == done


def test_a_repeat_that_fails_tells_the_same_noise_the_next_time(world: World) -> None:
    """The work can be done as often as it takes: it tells one answer, which is what was paid."""
    failed = given.failed_after_charge(world)
    noise = bytes(failed.wrapped_noise)
    given.fail(given.repeated(failed, world))
    failed.refresh_from_db()
    assert bytes(failed.wrapped_noise) == noise
    figures = Noise.from_bytes(unwrap(noise, purpose=noise_purpose(failed)))
    again = given.repeated(failed, world)
    taken = take_job(again.pk, queue=MEASUREMENTS, by=SYSTEM)
    given.charge(again, taken.attempt)
    right, parts = 150, 40
    counts: dict[str, Any] = {
        "held_out": 300, "own": 60, "right": right, "parts": [right] * parts,
        "coalitions": [300] * 8,
    }  # fmt: skip
    done = finish_measurement(again.pk, attempt=taken.attempt, counts=counts, by=SYSTEM)
    told = Decimal(figures.lift) / (300 * parts)
    bounded = max(Decimal(-1), min(Decimal(1), told))
    assert Decimal(done.result["lift"]["value"]) == bounded.quantize(Decimal("0.0001"))


def test_noise_of_other_rows_hides_nothing_and_is_not_told(world: World) -> None:
    """A file that is read otherwise than when the noise was drawn leaves the figures untold."""
    waiting = given.waiting(world)
    taken = take_job(waiting.pk, queue=MEASUREMENTS, by=SYSTEM)
    given.charge(waiting, taken.attempt)
    counts: dict[str, Any] = {
        "held_out": 301, "own": 60, "right": 150, "parts": [150] * 40, "coalitions": [300] * 8
    }  # fmt: skip
    with pytest.raises(ValueError, match="another number of rows"):
        finish_measurement(waiting.pk, attempt=taken.attempt, counts=counts, by=SYSTEM)


def test_only_the_same_rows_repeat_a_measurement(world: World) -> None:
    failed = given.failed_after_charge(world)
    with pytest.raises(Invalid) as refused:
        given.repeated(failed, world, held=given.as_csv(given.hold_out(299)))
    assert (refused.value.code, list(refused.value.fields)) == ("other-rows", ["hold_out"])
    unpaid = given.cancelled(world)
    with pytest.raises(WrongState):
        given.repeated(unpaid, world)


def test_a_button_whose_act_is_refused_is_not_shown(world: World, page_of: PageClients) -> None:
    """Where the privacy budget of the data or the number of measurements allows no more."""
    listing = given.measurable(world)
    address = reverse("measurement_request", args=[listing.pk])
    offer = reverse("listing_public", args=[listing.pk])

    def offers() -> bool:
        return address in page_of("buyer").get(offer).content.decode()

    most = budget_of(listing.revision.version.dataset_id).most
    allow_measuring(listing.pk, **{**ALLOWED, "epsilon": most / 2}, by=world.actor("officer"))
    form = page_of("buyer").get(address).content.decode()
    assert offers()
    assert "<dt>Measurements left to you</dt><dd>2</dd>" in form
    failed = given.fail(given.requested(world, listing=listing))
    assert offers(), "One more is allowed, and ε is left for it."
    form = page_of("buyer").get(address).content.decode()
    assert "<dt>Measurements left to you</dt><dd>1</dd>" in form
    allow_measuring(listing.pk, **{**ALLOWED, "epsilon": most * 3 / 5}, by=world.actor("officer"))
    assert not offers(), "The budget does not hold it."
    assert 'name="hold_out"' not in page_of("buyer").get(address).content.decode()
    page = page_of("buyer").get(reverse("measurement_detail", args=[failed.pk]))
    assert 'name="hold_out"' in page.content.decode(), "What was paid for is repeated all the same."


def the_terms(measurement: Measurement) -> MeasuringTerms:
    """Return how the listing of a measurement may be measured."""
    terms = measuring_of(measurement.listing)
    assert terms is not None
    return terms


def closed(world: World, listing: Listing) -> None:
    """End what buyers may measure."""
    allow_measuring(listing.pk, **{**ALLOWED, "is_open": False}, by=world.actor("officer"))


def suspended(world: World, listing: Listing) -> None:
    """Take the offer off the market for a while."""
    suspend_listing(listing.pk, reason="We look.", by=world.actor("reviewer"))


def withdrawn(world: World, listing: Listing) -> None:
    """Take the offer off the market."""
    withdraw_listing(listing.pk, reason="Over.", by=world.actor("officer"))


def frozen(world: World, listing: Listing) -> None:
    """Freeze the right behind the offer."""
    assert listing.certificate_id is not None
    freeze_certificate(listing.certificate_id, reason="A court.", by=world.actor("reviewer"))


@pytest.mark.parametrize("end", [suspended, withdrawn, frozen])
@pytest.mark.parametrize("moment", ["before", "queued", "counting"])
def test_an_offer_that_does_not_stand_is_not_measured(
    moment: str, end: Callable[[World, Listing], None], world: World
) -> None:
    """Nor told of, once it was."""
    if moment == "before":
        listing = given.measurable(world)
        end(world, listing)
        with pytest.raises((WrongState, NotFound)):
            given.requested(world, listing=listing)
        return
    waiting = given.waiting(world)
    taken = take_job(waiting.pk, queue=MEASUREMENTS, by=SYSTEM)
    if moment == "queued":
        end(world, waiting.listing)
        with pytest.raises(WrongState):
            given.charge(waiting, taken.attempt)
        assert spent(waiting) == 0
        return
    given.charge(waiting, taken.attempt)
    end(world, waiting.listing)
    counts: dict[str, Any] = {
        "held_out": 300, "own": 60, "right": 150, "parts": [160] * 40, "coalitions": [1] * 8
    }  # fmt: skip
    with pytest.raises(WrongState):
        finish_measurement(waiting.pk, attempt=taken.attempt, counts=counts, by=SYSTEM)
    waiting.refresh_from_db()
    assert (waiting.result, waiting.credential) == (None, None)


def test_the_buyer_reads_that_the_offer_stood_no_more(world: World) -> None:
    waiting = given.waiting(world)
    frozen(world, waiting.listing)
    given.executed(waiting)
    assert (waiting.state, waiting.error_code) == ("failed", "offer-not-standing")


def test_a_seller_lets_nobody_measure(world: World) -> None:
    """Not before it was said, and not after it was ended."""
    for listing in (given.offered(world), given.measurable(world)):
        closed(world, listing)
        with pytest.raises(WrongState) as refused:
            given.requested(world, listing=listing)
        assert refused.value.code == "not-measurable"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"target": "no such"}, "target"),
        ({"features": ["no such"]}, "features"),
        ({"family": "text"}, None),
        ({"family": "words"}, "family"),
    ],
)
def test_a_request_that_does_not_fit_is_refused(
    changes: dict[str, Any], field: str | None, world: World
) -> None:
    with pytest.raises(Invalid) as refused:
        given.requested(world, **changes)
    assert refused.value.code == "bad-declaration"
    assert field is None or field in refused.value.fields
    assert not StoredFile.objects.filter(purpose="measuring").exists()


def test_a_column_of_texts_needs_the_family_of_texts(world: World) -> None:
    """It is said at once, and which family that is; the sample on offer shows what texts are."""
    listing = given.measurable_texts(world)
    assert listing.sheet is not None
    assert listing.sheet["sample"]["texts"] == ["text"]
    asked: dict[str, Any] = {"listing": listing, "target": "about", "features": ["text"]}
    with pytest.raises(Invalid) as refused:
        given.requested(world, **asked, family="linear")
    assert refused.value.code == "texts-need-text"
    assert "Choose the family “Text" in refused.value.sentence
    assert list(refused.value.fields) == ["family"]
    assert not StoredFile.objects.filter(purpose="measuring").exists()
    assert given.requested(world, **asked, family="text").state == "queued"


def test_a_worker_that_is_gone_is_followed_and_pays_once(world: World) -> None:
    """Three times at most; then it fails, and the rows are destroyed."""
    waiting = given.waiting(world)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        taken = take_job(waiting.pk, queue=MEASUREMENTS, by=SYSTEM)
        assert taken.attempt == attempt
        given.charge(waiting, attempt)
        with pytest.raises(WrongState):
            take_job(waiting.pk, queue=MEASUREMENTS, by=SYSTEM)
        assert reclaim_jobs(queue=MEASUREMENTS, by=SYSTEM) == []
        assert taken.lease_until is not None
        with clock.stopped_at(taken.lease_until + timedelta(seconds=1)):
            asked = reclaim_jobs(queue=MEASUREMENTS, by=SYSTEM)
        assert asked == ([waiting.pk] if attempt < MOST_ATTEMPTS else [])
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error_code) == ("failed", "worker-lost")
    assert waiting.hold_out.removed_at is not None
    assert spent(waiting) == ALLOWED["epsilon"]
    with pytest.raises(NotAllowed):
        reclaim_jobs(queue=MEASUREMENTS, by=world.actor("administrator"))


def test_a_worker_that_speaks_up_is_not_followed(world: World) -> None:
    """It renews its lease while it works; nobody else does, nor a worker that was followed."""
    taken = take_job(given.waiting(world).pk, queue=MEASUREMENTS, by=SYSTEM)
    assert taken.lease_until is not None
    with clock.stopped_at(taken.lease_until - timedelta(seconds=1)):
        told = beat_job(taken.pk, attempt=1, told={"progress": 300}, queue=MEASUREMENTS, by=SYSTEM)
    assert told.progress == 300
    with clock.stopped_at(taken.lease_until + timedelta(seconds=1)):
        assert reclaim_jobs(queue=MEASUREMENTS, by=SYSTEM) == []
        with pytest.raises(NotAllowed):
            beat_job(
                taken.pk,
                attempt=1,
                told={"progress": 400},
                queue=MEASUREMENTS,
                by=world.actor("buyer"),
            )
        with pytest.raises(WrongState):
            beat_job(taken.pk, attempt=2, told={"progress": 400}, queue=MEASUREMENTS, by=SYSTEM)


@pytest.mark.parametrize("moment", ["queued", "running", "paid"])
def test_a_buyer_cancels_a_measurement(moment: str, world: World, page_of: PageClients) -> None:
    """The rows are destroyed at once, and the worker is told; what was paid stays paid."""
    waiting = given.waiting(world)
    allow_measuring(
        waiting.listing_id, **{**ALLOWED, "most_of_buyer": 1}, by=world.actor("officer")
    )
    attempt = 0
    if moment != "queued":
        attempt = take_job(waiting.pk, queue=MEASUREMENTS, by=SYSTEM).attempt
    if moment == "paid":
        given.charge(waiting, attempt)
    cancelled = cancel_measurement(waiting.pk, by=world.actor("second_buyer"))
    assert cancelled.state == "cancelled"
    for file in StoredFile.objects.filter(purpose="measuring"):
        assert file.removed_at is not None
        assert bytes(file.wrapped_key) == b""
    with pytest.raises(WrongState):
        beat_job(waiting.pk, attempt=attempt, told={"progress": 500}, queue=MEASUREMENTS, by=SYSTEM)
    with pytest.raises(WrongState):
        given.charge(waiting, attempt)
    assert given.executed(waiting).state == "cancelled", "a worker leaves it alone"
    page = page_of("buyer").get(reverse("measurement_detail", args=[waiting.pk]))
    assert ("after its ε was spent" in page.content.decode()) == (moment == "paid")
    assert spent(waiting) == (ALLOWED["epsilon"] if moment == "paid" else 0)
    if moment == "paid":
        with pytest.raises(WrongState) as refused:
            given.requested(world, listing=waiting.listing, seed=1)
        assert refused.value.code == "measured-enough"
    again = given.requested(world, listing=waiting.listing)
    assert (again.pk != waiting.pk, again.state) == (True, "queued")


@pytest.mark.parametrize(
    "state", ["waiting", "measured", "cancelled", "failed_after_charge", "being_repeated"]
)
def test_a_measurement_offers_what_is_accepted(state: str, world: World) -> None:
    """To the buyers of the organization that asked for it, while it goes on."""
    pk = getattr(given, state)(world).pk
    for person in ("buyer", "second_buyer", "officer", "reviewer", "administrator", "stranger"):
        by, measurement = world.actor(person), Measurement.objects.get(pk=pk)
        expected = accepted_acts(
            ACTS_ON_MEASUREMENT,
            pk,
            by,
            more={
                "repeat_measurement": accepts(partial(given.repeated, measurement, world, person))
            },
        )
        assert dict(acts_on_measurement(measurement, by)) == expected, person


def test_the_buyers_are_told_that_it_ended(world: World) -> None:
    """Done or failed, once each; nobody of the seller is, and nobody of what they cancelled."""
    done = given.measured(world)
    nothing = b"first,second,route,crowded\n"
    failed = given.executed(given.requested(world, listing=done.listing, held=nothing))
    cancel_measurement(
        given.requested(world, listing=done.listing, seed=7).pk, by=world.actor("buyer")
    )
    catch_up()
    for one in (done, failed):
        told = Notice.objects.filter(kind="measurement_ended", subject=f"measurement:{one.pk}")
        emails = set(told.values_list("person__email", flat=True))
        assert emails == {world.person(name).email for name in ("buyer", "second_buyer")}
        assert {each.url for each in told} == {reverse("measurement_detail", args=[one.pk])}
    assert Notice.objects.filter(kind="measurement_ended").count() == 4


def test_the_page_says_what_it_would_bring(world: World, page_of: PageClients) -> None:
    """In both languages, and why there is no form where nothing is measured."""
    done = given.measured(world)
    address = reverse("measurement_detail", args=[done.pk])
    text = page_of("buyer").get(address).content.decode()
    assert "points of a hundred" in text
    assert "north" in text
    assert done.credential is not None
    assert done.credential.number in text
    assert (
        "个百分点" in page_of("buyer").get(address, HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    )
    page = reverse("measurement_request", args=[done.listing_id])
    assert 'name="hold_out"' in page_of("buyer").get(page).content.decode()
    refused = page_of("officer").get(page).content.decode()
    assert 'name="hold_out"' not in refused
    assert "Only a buyer" in refused
    offer = page_of("buyer").get(reverse("listing_public", args=[done.listing_id]))
    assert page in offer.content.decode()
