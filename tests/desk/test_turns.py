"""What a desk says of whose turn it is: to whom, how much, how often, and why again."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from django.utils.formats import date_format

from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.accounts.organization.services import refuse_organization
from marketplace.appraisal.appraisal.services import return_appraisal
from marketplace.desk.selectors.waiting import own_paths, tasks_of
from marketplace.notices.models import Notice
from marketplace.notices.texts import worded
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.review.services import attach_document
from marketplace.rights.registration.services import open_notice
from marketplace.trading.treasury.payment.services import record_payment
from tests.conftest import PageClients
from tests.given import (
    accounting,
    annotation,
    appraisal,
    catalog,
    money,
    preparation,
    rights,
    trading,
)
from tests.given.letters import proved
from tests.given.pipeline import catch_up
from tests.given.vault import scan
from tests.given.world import World

pytestmark = pytest.mark.django_db
RIGHT = "Confirmation of rights"


def desk(page_of: PageClients, person: str) -> str:
    return page_of(person).get(reverse("desk")).content.decode()


def test_it_names_who_pays_how_much_and_until_when(world: World, page_of: PageClients) -> None:
    """For the finance officer who waits for the money, and for the one who lets it out."""
    order = trading.signed(world)
    charge = money.charge_of(order)
    page, day = desk(page_of, "treasurer"), date_format(charge.due_on, "SHORT_DATE_FORMAT")
    assert f"Example Insurance pays 12,000.00 CNY by {day}: {order.listing.title}" in page
    record_payment(order.pk, reference="BANK-0815", by=world.actor("treasurer"))
    page = desk(page_of, "second_treasurer")
    assert "Example Insurance pays 12,000.00 CNY: BANK-0815" in page


def test_what_is_paid_and_told_waits_for_the_centre_alone(world: World) -> None:
    """The buyer has paid: nothing is asked of them while two finance officers look."""
    order = trading.signed(world)
    assert [str(task.what) for task in tasks_of(world.actor("buyer"), [])] == ["Pay an amount"]
    record_payment(order.pk, reference="BANK-0815", by=world.actor("treasurer"))
    assert tasks_of(world.actor("buyer"), []) == []
    assert tasks_of(world.actor("treasurer"), []) == []


def test_lines_that_read_the_same_are_one(world: World, page_of: PageClients) -> None:
    """With their number; it leads to the one that has waited longest."""
    first = trading.placed(world)
    trading.placed(world, first.listing)
    (task,) = tasks_of(world.actor("officer"), [])
    assert (task.count, task.url) == (2, reverse("order_detail", args=[first.pk]))
    page = desk(page_of, "officer")
    assert "Example Insurance: Bus boardings of Minjiang, March 2026 · 2 of them" in page


def test_an_applicant_reads_which_documents_are_missing(world: World, page_of: PageClients) -> None:
    """Once the address is proved, which comes first; with the last document nothing waits."""
    by, pk = world.actor("pending"), world.organization("pending").pk
    assert "Prove your e-mail address" in desk(page_of, "pending")
    proved(world.person("pending"))
    labels = [str(kind.label) for kind in OrganizationDocumentKind]
    page = desk(page_of, "pending")
    assert "Prove your e-mail address" not in page
    assert ", ".join(labels) in page
    for done, kind in enumerate(OrganizationDocumentKind, start=1):
        attach_document(pk, kind=kind, upload=scan(kind), by=by)
        page = desk(page_of, "pending")
        assert labels[done - 1] not in page
        assert ("Attach the documents that are missing" in page) == (done < len(labels))


def test_a_refused_applicant_reads_why(world: World, page_of: PageClients) -> None:
    proved(world.person("pending"))
    refuse_organization(
        world.organization("pending").pk,
        reason="The register knows another name.",
        by=world.actor("administrator"),
    )
    page = desk(page_of, "pending")
    assert "Correct the application and apply again" in page
    assert "The register knows another name." in page


def test_finished_datasets_are_counted_and_others_shown(world: World, page_of: PageClients) -> None:
    """What is on its way stands first, whatever was registered since."""
    assert "There is no dataset yet" in desk(page_of, "officer")
    catalog.draft_dataset(world, title="Delays of trams")
    trading.published(world)
    paths = own_paths(world.actor("officer"))
    assert [path.dataset.title for path in paths.unfinished] == ["Delays of trams"]
    assert paths.others == 1
    page = desk(page_of, "officer")
    assert "1 other dataset" in page
    assert page.count("path-row") == 1


def test_nothing_on_its_way_is_said(world: World, page_of: PageClients) -> None:
    trading.published(world)
    assert "None of your datasets is on its way." in desk(page_of, "officer")


def test_the_path_says_where_a_step_is(world: World, page_of: PageClients) -> None:
    """With a second person, and why it came back from there."""
    handed_in = appraisal.submitted(world)
    path = reverse("dataset_path", args=[handed_in.dataset_id])
    page = page_of("officer").get(path).content.decode()
    assert "It is handed in and waits for others: Under review." in page
    returned = return_appraisal(
        handed_in.pk, reason="The tax has no voucher.", by=world.actor("reviewer")
    )
    page = page_of("officer").get(path).content.decode()
    assert "To be done again" in page
    assert "The tax has no voucher." in page
    assert reverse("appraisal_detail", args=[returned.pk]) in page


def test_the_notice_of_a_refused_run_says_refused(world: World) -> None:
    """It does not say that the run is finished and the next step may be taken."""
    version = preparation.classified_version(world)
    preparation.confirmed(world, version, document=preparation.without_trace(version))
    run = start_masking(version.pk, by=world.actor("officer"))
    catch_up()
    with override_settings(CENTRE={**settings.CENTRE, "SMALLEST_CLASS": 20}):
        execute_run(run.pk)
    catch_up()
    mine = Notice.objects.filter(person=world.person("officer"), subject=f"run:{run.pk}")
    (notice,) = mine
    assert notice.kind == "run_refused"
    assert "is refused" in worded(notice.kind, notice.parameters).title
    assert notice.url.startswith("/risk-reports/")


def test_a_claim_in_notice_waits_for_no_reviewer(world: World) -> None:
    """Nor one whose notice was waived for the reviewer who waived it: a second one certifies."""
    claim = rights.reviewed_claim(world)

    def whose() -> set[str]:
        return {
            name
            for name in ("reviewer", "second_reviewer")
            if any(str(task.what) == RIGHT for task in tasks_of(world.actor(name), []))
        }

    assert whose() == {"reviewer", "second_reviewer"}
    open_notice(claim.pk, by=world.actor("reviewer"))
    assert whose() == set()


def test_who_waived_a_notice_hands_the_claim_on(world: World) -> None:
    rights.waived_claim(world)
    assert RIGHT not in {str(task.what) for task in tasks_of(world.actor("reviewer"), [])}
    assert RIGHT in {str(task.what) for task in tasks_of(world.actor("second_reviewer"), [])}


def test_a_batch_that_came_back_says_what_was_wrong(world: World, page_of: PageClients) -> None:
    batch = annotation.returned(world)
    (task,) = (
        one for one in tasks_of(world.actor("annotator"), []) if "came back" in str(one.what)
    )
    (found,) = batch.inspections.all()
    places = ", ".join(map(str, found.wrong))
    assert task.reason == (
        f"Round 1: of the labels that were looked at, those of these items are wrong: {places}. "
        "Look at all items again, not at these alone."
    )
    assert task.reason in desk(page_of, "annotator")


def test_a_booking_that_came_back_waits_for_finance(world: World, page_of: PageClients) -> None:
    """With its reason, until it is decided anew; for nobody else."""
    came_back = accounting.returned(world)
    what = "Decide anew what data is booked as"
    page = desk(page_of, "finance")
    assert what in page
    assert "The evidence is missing." in page
    assert reverse("recognition_detail", args=[came_back.pk]) in page
    assert what not in desk(page_of, "officer")
    accounting.proposed(world, came_back.dataset)
    assert what not in desk(page_of, "finance")
