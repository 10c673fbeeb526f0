"""What follows from what, through the whole of a trade."""

from __future__ import annotations

import pytest
from django.urls import Resolver404, get_resolver, resolve

from marketplace.accounts.models import Person
from marketplace.catalog.version.models import VersionKind
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.delivery.grant.selectors import grant_of_order
from marketplace.ledger.facts import KINDS
from marketplace.notices.models import Notice
from marketplace.pipeline.models import SetAside
from marketplace.pipeline.reactions import REACTIONS
from marketplace.pipeline.things import NAMED, PIPELINE, id_of, page_of, review_page_of, title_of
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.run.selectors import last_run
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.rights.hearing.services import decide_objection
from marketplace.trading.orders.delivery.services import (
    accept_delivery,
    mark_delivered,
    object_to_delivery,
)
from marketplace.trading.orders.negotiation.services import cancel_order
from tests.given import sources, trading
from tests.given.catalog import approved_dataset, submitted_dataset
from tests.given.pipeline import catch_up
from tests.given.rights import incomplete_claim, published_claim, raised_objection
from tests.given.world import World


def told(kind: str) -> set[str]:
    """Return who was told of a kind of thing, by the local part of their address."""
    rows = Notice.objects.filter(kind=kind).select_related("person")
    return {notice.person.email.partition("@")[0] for notice in rows}


@pytest.fixture(autouse=True)
def _every_step_happens(db: None) -> object:
    """Nothing may be put aside but e-mails and runs, for which no worker is there."""
    yield
    aside = SetAside.objects.exclude(error_code__in=("broker-silent", "broker-missing"))
    assert [f"{row.reaction}: {row.error}" for row in aside] == []


@pytest.fixture(autouse=True)
def _every_address_leads_somewhere(db: None) -> object:
    """What a notice points to is a page."""
    yield
    for url in set(Notice.objects.values_list("url", flat=True)):
        try:
            resolve(url)
        except Resolver404:
            pytest.fail(f"{url} leads nowhere")


def test_what_is_reacted_to_is_recorded() -> None:
    """Every kind is one that some app declares; the addresses load them all."""
    assert get_resolver().url_patterns
    assert {fact.kind for fact in REACTIONS} - set(KINDS) == set()


def test_a_submission_is_told_to_reviewers_and_its_decision_to_officers(world: World) -> None:
    """Reviewers once, the officers of that organization once."""
    submitted_dataset(world)
    catch_up()
    assert told("case_opened") == {"reviewer", "second_reviewer"}
    assert told("case_approved") == set()


def test_approved_data_is_profiled(world: World) -> None:
    """A run waits for a worker, and the officers are told of the approval."""
    dataset = approved_dataset(world)
    catch_up()
    version = latest_source_version(dataset)
    assert version is not None
    assert version.kind == VersionKind.SOURCE
    run = last_run(version, RunKind.PROFILE)
    assert run is not None
    assert told("case_approved") == {"officer", "colleague"}


def test_a_claim_is_told_to_its_claimant(world: World) -> None:
    """What is missing, and who objects."""
    incomplete_claim(world)
    catch_up()
    assert told("claim_answered") == {"officer", "colleague"}


def test_an_objection_is_told_to_both_sides_and_its_judges(world: World) -> None:
    """First that it was raised, then how it ended."""
    objection = raised_objection(world, published_claim(world))
    catch_up()
    assert told("objection_raised") == {
        "officer",
        "colleague",
        "reviewer",
        "second_reviewer",
    }
    decide_objection(
        objection.pk, is_upheld=False, reason="It is another line.", by=world.actor("reviewer")
    )
    catch_up()
    sides = {"officer", "colleague"} | {
        person.email.partition("@")[0]
        for person in Person.objects.filter(organization=objection.organization)
    }
    assert told("objection_decided") == sides


def test_a_trade_is_told_step_by_step(world: World) -> None:
    """Each step to whoever has to act or waits for it; the payment opens the data."""
    order = trading.paid(world)
    catch_up()
    assert told("order_placed") == {"officer", "colleague"}
    assert told("order_accepted") == {"buyer", "second_buyer"}
    assert told("contract_signed") == {"officer", "colleague", "buyer", "second_buyer"}
    assert told("payment_awaited") == {"treasurer", "second_treasurer"}
    assert told("payment_held") == {"officer", "colleague"}
    assert told("data_ready") == {"buyer", "second_buyer"}
    assert Notice.objects.filter(kind="payment_awaited").count() == 2
    grant = grant_of_order(order.pk)
    assert grant is not None
    assert grant.organization_id == order.buyer_id


def test_an_order_that_ends_early_is_told(world: World) -> None:
    """A decline to the buyer, a cancellation to the side that did not cancel."""
    trading.declined(world)
    catch_up()
    assert told("order_declined") == {"buyer", "second_buyer"}


def test_a_cancellation_is_told_to_the_other_side(world: World) -> None:
    """The buyer cancelled, so the seller hears of it."""
    cancel_order(trading.placed(world).pk, by=world.actor("buyer"))
    catch_up()
    assert told("order_cancelled") == {"officer", "colleague"}


def test_the_end_of_a_trade_is_told_to_the_seller(world: World) -> None:
    """That it was delivered, and that the money is released."""
    order = trading.paid(world)
    catch_up()
    mark_delivered(order.pk, by=PIPELINE)
    object_to_delivery(order.pk, reason="Half is empty.", by=world.actor("buyer"))
    accept_delivery(order.pk, by=world.actor("buyer"))
    catch_up()
    assert told("order_delivered") == {"officer", "colleague"}
    assert told("delivery_objected") == {"officer", "colleague"}
    assert told("order_completed") == {"officer", "colleague"}


def test_a_frozen_right_takes_its_listing_off_the_market(world: World) -> None:
    """And the seller is told of both."""
    listing = trading.published(world)
    catch_up()
    assert listing.certificate_id is not None
    freeze_certificate(listing.certificate_id, reason="Court order", by=world.actor("reviewer"))
    catch_up()
    listing.refresh_from_db()
    assert listing.state == "suspended"
    assert told("listing_suspended") == {"officer", "colleague"}
    assert told("certificate_changed") == {"officer", "colleague"}


def test_things_are_named_and_have_pages(world: World) -> None:
    """Each kind of thing that a notice can be about."""
    listing = trading.published(world)
    drawing = sources.queued_drawing(world)
    subjects = {
        "drawing": drawing.pk,
        "dataset": listing.product.dataset_id,
        "appraisal": listing.appraisal_id,
        "ceiling": listing.product.dataset.ceilings.get().pk,
        "certificate": listing.certificate_id,
        "claim": listing.certificate.claim_id if listing.certificate else None,
        "listing": listing.pk,
        "policy": listing.risk_report.measured_by.policy_id if listing.risk_report else None,
        "run": listing.risk_report.run_id if listing.risk_report else None,
    }
    assert set(subjects) <= set(NAMED)
    for kind, pk in subjects.items():
        subject = f"{kind}:{pk}"
        assert id_of(subject) == pk
        known = (listing.title, listing.product.dataset.title, drawing.source.dataset.title)
        assert title_of(subject) in known
        assert resolve(page_of(subject)).url_name
        if NAMED[kind].review_page:
            assert resolve(review_page_of(subject)).url_name
