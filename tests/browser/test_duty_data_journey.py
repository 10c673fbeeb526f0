"""A social-insurance table reaches the market by its truthful source: a statutory duty.

What other journeys click through, such as the upload and the register's examination, is done here
by acts.
"""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.registration.services import (
    accept_claim,
    confirm_claim,
    start_review,
    waive_notice,
)
from tests.browser.visitor import Visitor
from tests.given import ceilings, trading
from tests.given import rights as given
from tests.given.appraisal import in_force
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    DESCRIPTION,
    SLIGHT,
    annotated_version,
    source_version,
)
from tests.given.preparation import classified, people
from tests.given.world import World

pytestmark = pytest.mark.browser

TITLE = "Pension insurance by month"
DUTY = {
    "title": TITLE,
    "abstract": "Who is insured, since when, in which town, and what the office noted.",
    "theme": "employment",
    "asset_kind": "government",
    "source_kind": "statutory_duty",
    "source_description": "Collected by the insurance office from employers and the insured.",
    "legal_basis": "Social Insurance Law, article 74",
    "personal_basis": "law",
}


def insured() -> str:
    """Make up a table of insured people, with a note in which a name and a number stand."""
    first, *lines = people(120).splitlines()
    rows = [f"{line},客户张伟的手机是138{number:08d}。" for number, line in enumerate(lines)]
    return "\n".join([f"{first},note", *rows]) + "\n"


def test_duty_data_reaches_the_market(browser: Browser, site: str, everyone: World) -> None:
    """Registered, reviewed, masked as proposed, registered as public data, priced, listed, seen."""
    officer = Visitor(browser, site, "officer@example.org")
    dataset = register(officer)
    version = approved(everyone, dataset)
    confirm_untouched(officer, version)
    run = start_masking(version.pk, by=everyone.actor("officer"))
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.result_version is not None

    claim(officer, dataset)
    certificate = certify(everyone, Claim.objects.get(dataset=dataset))
    officer.page.goto(reverse("certificate_detail", args=[certificate.pk]))
    officer.sees("In force")
    officer.sees("Collected while carrying out a statutory duty")
    officer.look("duty-certificate")

    ceilings.in_force(everyone, dataset)
    in_force(everyone, dataset)
    trading.published(everyone, version=run.result_version, title=TITLE)
    buyer = Visitor(browser, site, "buyer@example.org")
    buyer.go_to("Market")
    buyer.follow(TITLE)
    buyer.sees("Collected while carrying out a statutory duty")
    buyer.sees("Order this")
    buyer.look("duty-offer")
    assert officer.problems == buyer.problems == []


def register(officer: Visitor) -> Dataset:
    """Say the truth about the source, and read at once how the data will be registered."""
    officer.page.goto(reverse("dataset_register"))
    officer.sees("was collected in a statutory duty is registered as public data")
    officer.fill(asdict(DESCRIPTION) | DUTY | {"asset_kind": "market"})
    officer.press("Register and go on")
    officer.sees("Choose government data or public-service data.")
    officer.fill({"asset_kind": "government"})
    officer.press("Register and go on")
    officer.sees("It is registered as a public-data resource")
    officer.look("duty-registered")
    return Dataset.objects.get(title=TITLE)


def approved(world: World, dataset: Dataset) -> DatasetVersion:
    """Upload, annotate, grade, approve and classify."""
    officer = world.actor("officer")
    annotated_version(world, dataset, table=insured())
    grade_dataset(dataset.pk, impacts=SLIGHT, negative_list=(), by=officer)
    submit_dataset(dataset.pk, by=officer)
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    dataset.refresh_from_db()
    return classified(source_version(dataset))


def confirm_untouched(officer: Visitor, version: DatasetVersion) -> None:
    """Take what the software proposes, the masking of texts among it."""
    officer.page.goto(reverse("policy_confirm", args=[version.pk]))
    officer.sees("Mask personal data inside the text")
    officer.press("Confirm the policy")
    officer.sees("The policy is confirmed.")
    officer.look("duty-policy")


def claim(officer: Visitor, dataset: Dataset) -> None:
    """Send the claim as it is filled in, and show the law."""
    officer.page.goto(reverse("claim_draft", args=[dataset.pk]))
    officer.sees("the claim is prepared for that")
    officer.look("duty-claim")
    officer.press("Begin the claim")
    officer.sees("Public-data resource or product")
    officer.fill({"kind": "source"})
    officer.page.locator("input[name='upload']").set_input_files(
        {"name": "duties.txt", "mimeType": "text/plain", "buffer": b"The list of duties."}
    )
    officer.press("Attach")
    officer.press("Submit the claim")
    officer.sees("The claim is with the register.")


def certify(world: World, asked: Claim) -> Certificate:
    """Let the register examine and certify it."""
    reviewer = world.actor("reviewer")
    accept_claim(asked.pk, by=reviewer)
    start_review(asked.pk, by=reviewer)
    waive_notice(asked.pk, reason=given.WAIVER, by=reviewer)
    return confirm_claim(
        asked.pk, checklist=given.RIGHT_CHECKLIST, by=world.actor("second_reviewer")
    )
