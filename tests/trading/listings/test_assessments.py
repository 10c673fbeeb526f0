"""What data about persons does to them is assessed before it goes on sale, by two people."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.core.months import months_after
from marketplace.ledger.models import Entry
from marketplace.preparation.release.selectors import run_that_made
from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.trading.listings.assessment.rules import ACTS_ON_ASSESSMENT, acts_on_assessment
from marketplace.trading.listings.assessment.services import (
    approve_assessment,
    make_assessment,
)
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from tests.conftest import PageClients
from tests.given import assessments
from tests.given import trading as given
from tests.given.tried import accepted_acts
from tests.given.world import World
from tests.pipeline.test_telling_of_money import told


def test_without_it_nothing_about_persons_goes_on_sale(world: World, page_of: PageClients) -> None:
    """The gate says so and leads to the page; approved by a second person it is open."""
    listing, officer = assessments.unassessed(world), world.actor("officer")
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=officer)
    assert set(refused.value.fields) == {"impact-assessment-missing"}
    page = page_of("officer").get(reverse("listing_detail", args=[listing.pk])).content.decode()
    assert reverse("assessment_make", args=[listing.pk]) in page
    made = assessments.made(world, listing)
    with pytest.raises(Invalid):
        submit_listing(listing.pk, by=officer)
    assert told("assessment_to_decide") == {"colleague", "reviewer", "second_reviewer"}
    approved = approve_assessment(made.pk, by=world.actor("colleague"))
    assert approved.kept_until == months_after(clock.today(), 36)
    assert approved.policy_digest == run_that_made(listing.revision.version).followed.digest
    submitted = submit_listing(listing.pk, by=officer)
    published = publish_listing(
        submitted.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )
    assert published.state == "published"


def test_what_was_never_about_persons_needs_none(world: World) -> None:
    with pytest.raises(WrongState) as refused:
        make_assessment(given.drafted(world).pk, **given.ASSESSMENT, by=world.actor("officer"))
    assert refused.value.code == "assessment-not-needed"


def test_nobody_approves_their_own(world: World) -> None:
    """By no act and by no SQL."""
    made = assessments.made(world)
    with pytest.raises(NotAllowed):
        approve_assessment(made.pk, by=world.actor("officer"))
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE listings_impactassessment SET state = 'approved', approved_by_id = made_by_id, "
            "approved_at = created_at, kept_until = '2030-01-01'"
        )
    assert ImpactAssessment.objects.get().state == "made"


def test_a_returned_one_is_made_anew(world: World) -> None:
    returned = assessments.returned(world)
    listing = assessments.unassessed(world)
    again = make_assessment(listing.pk, **given.ASSESSMENT, by=world.actor("officer"))
    assert again.pk != returned.pk
    with pytest.raises(WrongState) as refused:
        make_assessment(listing.pk, **given.ASSESSMENT, by=world.actor("colleague"))
    assert refused.value.code == "assessment-standing"


@pytest.mark.parametrize("field", ["purpose", "necessity", "risks", "measures", "cases"])
def test_each_part_is_asked_for(world: World, field: str) -> None:
    listing = assessments.unassessed(world)
    lacking = {**given.ASSESSMENT, field: [] if field == "cases" else " "}
    with pytest.raises(Invalid) as refused:
        make_assessment(listing.pk, **lacking, by=world.actor("officer"))
    assert set(refused.value.fields) == {field}
    assert not ImpactAssessment.objects.exists()


def test_a_page_ticks_the_usual_case_and_refuses_none(world: World, page_of: PageClients) -> None:
    """Who unticks it names another: nobody is made to say what they did not."""
    listing = assessments.unassessed(world)
    address, officer = reverse("assessment_make", args=[listing.pk]), page_of("officer")
    ticked = officer.get(address).context["form"]["cases"].value()
    assert ticked == given.ASSESSMENT["cases"]
    refused = officer.post(address, {**given.ASSESSMENT, "cases": []})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"cases"}
    assert not ImpactAssessment.objects.exists()


def test_the_ledger_has_digests_alone(world: World) -> None:
    assessments.approved(world)
    entries = Entry.objects.filter(subject__startswith="assessment:")
    said = " ".join(str(entry.payload) for entry in entries)
    assert not [text for text in (*given.ASSESSMENT.values(),)[1:] if text in said]
    approved = entries.get(kind="trading.assessment_approved")
    assert date.fromisoformat(approved.payload["kept_until"]) > clock.today()


@pytest.mark.parametrize("state", ["made", "returned", "approved"])
def test_an_assessment_offers_what_is_accepted(state: str, world: World) -> None:
    pk = getattr(assessments, state)(world).pk

    for person in ("officer", "colleague", "finance", "buyer", "stranger", "reviewer"):
        by = world.actor(person)
        found = ImpactAssessment.objects.get(pk=pk)
        accepted = accepted_acts(ACTS_ON_ASSESSMENT, pk, by)
        assert dict(acts_on_assessment(found, by)) == accepted, person
