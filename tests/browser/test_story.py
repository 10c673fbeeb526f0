"""The whole story through the pages alone, from the upload to the accepted delivery.

Each person has a browser that runs no script, and the officer signs in through the form. A real
worker does the runs; the pipeline's loop is turned between the clicks. What scripts add is seen in
the journeys of the apps that have some.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from marketplace.core import clock
from marketplace.demo.story.hierarchies import HIERARCHY_COLUMNS
from marketplace.demo.story.survey import SURVEY
from marketplace.ledger.services.verification import verify_ledger
from marketplace.pipeline.models import SetAside
from tests.browser.trade import agree, look_at_the_end, pay, receive
from tests.browser.visitor import PATIENCE, Visitor, leave_by
from tests.given.pipeline import catch_up
from tests.given.story import (
    ROWS,
    columns_of_file,
    found_in_bytes,
    found_in_cells,
    invented,
    kept_columns,
)
from tests.plugins.broker import ProcessHandle

pytestmark = pytest.mark.browser

TITLE = SURVEY.description.title
LIFE = ("remaining_life_years", "total_life_years")


def test_story_by_clicks(
    browser: Browser,
    site: str,
    celery_worker_process: ProcessHandle,
    tmp_path: Path,
) -> None:
    """An officer, two reviewers, a buyer and a treasurer bring a survey to an accepted sale.

    Then everybody else looks at how it ended.
    """
    people = {
        name: Visitor(
            browser,
            site,
            f"{name}@example.org",
            scripts=False,
            signs_in_by_form=name == "officer",
        )
        for name in (
            *("officer", "reviewer", "second_reviewer", "buyer"),
            *("treasurer", "second_treasurer"),
        )
    }
    officer, reviewer, buyer = people["officer"], people["reviewer"], people["buyer"]

    register(officer, tmp_path)
    approve_content(reviewer)
    catch_up()
    prepare(officer)
    certify(officer, reviewer, people["second_reviewer"])
    value(officer, reviewer)
    offer(officer, reviewer)
    agree(buyer, officer)
    pay(people["treasurer"], people["second_treasurer"])
    delivered = receive(buyer, tmp_path)

    values = invented().values()
    assert columns_of_file(delivered) == kept_columns(SURVEY)
    assert found_in_cells(delivered, values) == set()
    assert found_in_bytes(delivered, values) == set()
    catch_up()
    for name in ("auditor", "administrator"):
        people[name] = Visitor(browser, site, f"{name}@example.org", scripts=False)
        look_at_the_end(people[name])
    assert not SetAside.objects.exists(), list(SetAside.objects.values("reaction", "error"))
    assert verify_ledger().faults == ()
    assert {name: person.problems for name, person in people.items() if person.problems} == {}


def register(officer: Visitor, folder: Path) -> None:
    """Describe, upload, explain, grade and submit."""
    officer.go_to("My desk")
    officer.follow("Register a dataset")
    officer.fill(asdict(SURVEY.description))
    officer.keep_picture("register")
    officer.press("Register and go on")

    path = folder / SURVEY.file_name
    SURVEY.write(path, ROWS)
    officer.choose_file("upload", path)
    officer.press("Upload")
    officer.keep_picture("check")
    officer.press("Take the table")

    # All columns have labels, so that it goes on to the grade.
    officer.follow("Annotate")
    officer.sees("Columns of")
    for place, annotation in enumerate(SURVEY.annotations):
        said = asdict(annotation)
        del said["name"]
        officer.fill({f"form-{place}-{name}": text for name, text in said.items()})
    officer.keep_picture("annotate")
    officer.press("Save the columns")

    officer.follow("Grade the data")
    officer.fill({impact.object.value: impact.degree.value for impact in SURVEY.impacts})
    officer.keep_picture("grade")
    officer.press("Save the grade")
    officer.sees("General data, level 3")
    officer.press("Submit for review")
    officer.sees("A reviewer of the centre looks at it.")
    officer.keep_picture("dataset")


def approve_content(reviewer: Visitor) -> None:
    """Find the case in the queue, look at everything, approve."""
    reviewer.go_to("Review queue")
    reviewer.keep_picture("review-queue")
    reviewer.follow(TITLE)
    reviewer.tick_all("checklist")
    reviewer.keep_picture("content-review")
    reviewer.press("Approve the content")
    reviewer.sees("Content approved")


def prepare(officer: Visitor) -> None:
    """Watch the profile, decide what happens to each column, watch the masking."""
    officer.go_to("Datasets")
    officer.follow(TITLE)
    officer.follow("Go on to profile and masking")
    officer.sees("Decide what happens to each column", within=PATIENCE)
    officer.keep_picture("profile")
    officer.follow("Decide what happens to each column")
    for place, annotation in enumerate(SURVEY.annotations):
        rule = SURVEY.rules[annotation.name]
        options = rule["options"]
        assert isinstance(options, dict)
        # Hierarchies come through the API; without one the search makes one from the data.
        chosen = {f"columns.{place}.{part}": rule[part] for part in ("role", "mask")}
        if "width" in options and annotation.name not in HIERARCHY_COLUMNS:
            chosen[f"columns.{place}.options.width"] = options["width"]
        officer.fill(chosen)
    officer.keep_picture("policy")
    officer.press("Confirm the policy")
    officer.press("Start desensitizing")
    catch_up()
    officer.sees("Read the risk report", within=PATIENCE)
    officer.keep_picture("masked")
    officer.follow("Read the risk report")
    officer.sees("De-identified")
    officer.keep_picture("risk-report")


def certify(officer: Visitor, reviewer: Visitor, second_reviewer: Visitor) -> None:
    """Claim the rights with evidence; two reviewers examine and confirm."""
    go_on_with(officer)
    officer.fill({"rights": SURVEY.rights, "term_years": SURVEY.term_years, "industry": "S"})
    officer.keep_picture("claim")
    officer.press("Begin the claim")
    officer.fill({"kind": SURVEY.proof.kind.value, "title": SURVEY.proof.title})
    officer.page.locator("input[name='upload']").set_input_files(
        {
            "name": SURVEY.proof.file_name,
            "mimeType": "text/plain",
            "buffer": SURVEY.proof.text.encode(),
        }
    )
    officer.press("Attach")
    officer.sees(SURVEY.proof.title)
    officer.press("Submit the claim")
    officer.sees("Submitted")

    reviewer.go_to("Review queue")
    reviewer.follow(TITLE)
    reviewer.press("Accept the claim")
    reviewer.press("Start the review")
    reviewer.press_and_confirm("Waive the notice", reason=SURVEY.waiver)
    reviewer.sees("A second reviewer certifies")
    reviewer.keep_picture("claim-review")

    second_reviewer.go_to("Review queue")
    second_reviewer.follow(TITLE)
    second_reviewer.tick_all("checklist")
    second_reviewer.press("Confirm and certify")
    second_reviewer.sees("Certificate of rights over data")
    second_reviewer.keep_picture("certificate")


def value(officer: Visitor, reviewer: Visitor) -> None:
    """Value the data by the cost approach, and have the valuation approved."""
    go_on_with(officer)
    costs, sources = SURVEY.costs["components"], SURVEY.costs["sources"]
    assert isinstance(costs, dict)
    assert isinstance(sources, dict)
    figures = {name: SURVEY.costs[name] for name in LIFE} | costs
    said = {f"{name.rpartition('.')[2]}_source": text for name, text in sources.items()}
    typed = {"cost_basis": "replacement"} | figures | said
    officer.fill({"purpose": "trade"} | {f"cost-{name}": text for name, text in typed.items()})
    officer.press("Save the draft")
    officer.sees("729,229.00")
    officer.press("Submit for review")
    officer.keep_picture("valuation")

    reviewer.go_to("Review queue")
    reviewer.follow(TITLE)
    reviewer.tick_all("checklist")
    reviewer.keep_picture("valuation-review")
    reviewer.press("Approve and sign")
    reviewer.sees("In force")


def bound_price(officer: Visitor, reviewer: Visitor) -> None:
    """Say what the public data costs to operate, and have the ceiling of its price approved."""
    assert SURVEY.public_cost is not None
    first = clock.today()
    period = {"period_from": first, "period_until": first + timedelta(days=364)}
    officer.fill(period | asdict(SURVEY.public_cost))
    officer.press("Compute the ceiling")
    officer.sees("27,645.00")
    officer.keep_picture("price-ceiling")
    officer.press("Submit for review")

    reviewer.go_to("Review queue")
    reviewer.follow(TITLE)
    reviewer.tick_all("checklist")
    reviewer.press("Approve")
    reviewer.sees("In force")


def offer(officer: Visitor, reviewer: Visitor) -> None:
    """Write the offer, through the gate, and have it published."""
    go_on_with(officer)
    said, terms = SURVEY.offer, SURVEY.offer.terms
    officer.fill(
        {
            "title": said.title,
            "summary": said.summary,
            "price": said.price,
            "purpose": terms.purpose,
            "restrictions": terms.restrictions,
            "licence_months": terms.licence_months,
        }
    )
    officer.press("Save")
    # The gate names what public data still lacks, and leads there.
    officer.sees("does not stand")
    offered = officer.page.url
    assess(officer, reviewer, f"{offered}assessment/")
    officer.page.goto(offered)
    officer.follow("Go and mend it")
    bound_price(officer, reviewer)
    officer.page.goto(offered)
    officer.press("Submit for publication")
    officer.sees("Gate")
    officer.keep_picture("listing")

    reviewer.go_to("Review queue")
    reviewer.follow(said.title)
    reviewer.tick_all("checklist")
    reviewer.keep_picture("listing-review")
    reviewer.press("Publish the listing")
    reviewer.sees("On the market")


def assess(officer: Visitor, reviewer: Visitor, address: str) -> None:
    """Say what the data does to the persons it is about, and have it approved."""
    assert SURVEY.assessment is not None
    officer.page.goto(address)
    officer.page.locator("input[name='cases'][value='handed_on']").check()
    officer.fill(SURVEY.assessment)
    officer.press("Submit the assessment")
    officer.sees(SURVEY.assessment["risks"])
    officer.keep_picture("assessment")
    reviewer.go_to("My desk")
    reviewer.follow("Decide on an impact assessment")
    reviewer.press("Approve the assessment")
    reviewer.sees("Approved")


def go_on_with(officer: Visitor) -> None:
    """Open the dataset's way from the desk, and follow it to the step that is next."""
    officer.go_to("My desk")
    leave_by(officer.page.get_by_role("heading", name=TITLE).get_by_role("link"))
    officer.keep_picture("path")
    officer.follow("Go on")
