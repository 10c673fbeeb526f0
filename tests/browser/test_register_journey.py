"""A claim from its application to a certificate that a stranger checks, and its suspension."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from marketplace.ledger.verifier import verify
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.due.services import advance_due_claims
from tests.browser.moving_clock import MovingClock, moving_clock
from tests.browser.visitor import Visitor, leave_by
from tests.given import rights as given
from tests.given.catalog import approved_dataset
from tests.given.pipeline import catch_up
from tests.given.world import World

__all__ = ["moving_clock"]

pytestmark = pytest.mark.browser

TITLE = "Trips by line and hour"
FIRST_DAY = -45
"""The journey begins so many days ago and ends today, when files are checked by real dates."""


def attach(visitor: Visitor, name: str, **fields: str) -> None:
    """Attach a file on the page that is open."""
    visitor.fill(fields)
    visitor.page.locator("input[name='upload']").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": f"The content of {name}.".encode()}
    )


@dataclass(frozen=True)
class Stranger:
    """Somebody signed out, with the centre's public files in a folder and the program verify.py."""

    page: Page
    folder: Path

    def fetch(self, address: str, name: str) -> Path:
        """Download a public file."""
        path = self.folder / name
        path.write_bytes(self.page.request.get(address).body())
        return path

    def status_lists(self, document: Path) -> list[Path]:
        """Download the status lists that a certificate names, as they stand today."""
        entries = json.loads(document.read_text(encoding="utf-8"))["credentialStatus"]
        places = {each["statusPurpose"]: each["statusListCredential"] for each in entries}
        return [
            self.fetch("/" + place.split("/", 3)[3], f"{purpose}.json")
            for purpose, place in sorted(places.items())
        ]

    def run_verifier(self, document: Path, trust: Path) -> tuple[int, str]:
        """Check a file offline by the program in a process of its own."""
        program = self.fetch(reverse("verifier"), "verify.py")
        lists = [f"--status={path}" for path in self.status_lists(document)]
        ended = subprocess.run(
            [sys.executable, str(program), str(document), f"--trust={trust}", *lists],
            capture_output=True,
            text=True,
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr

    def upload(self, document: Path, trust: Path) -> None:
        """Check the file by the page, with the list that tells of suspensions."""
        self.page.goto(reverse("check_file"))
        suspensions = self.status_lists(document)[-1]
        for name, path in (("document", document), ("trust", trust), ("status", suspensions)):
            self.page.locator(f"input[name='{name}']").set_input_files(path)
        leave_by(self.page.get_by_role("button", name="Check the file"))

    def sees(self, words: str) -> None:
        """Check that words stand on the page."""
        expect(self.page.get_by_role("main")).to_contain_text(words)


def test_application_to_suspension(
    browser: Browser,
    moving_clock: MovingClock,
    site: str,
    everyone: World,
    tmp_path: Path,
) -> None:
    """Supplement, notice, objection, certificate, a stranger's checks, and the suspension seen.

    In browsers that run no script.
    """
    dataset = approved_dataset(everyone, title=TITLE)
    moving_clock.days = FIRST_DAY
    officer, reviewer, second, objector = (
        Visitor(browser, site, f"{name}@example.org", scripts=False)
        for name in ("officer", "reviewer", "second_reviewer", "stranger")
    )
    apply(officer, reviewer, address=reverse("claim_draft", args=[dataset.pk]))
    object_to_it(objector, reviewer)
    moving_clock.days = FIRST_DAY + 30
    with moving_clock.held():
        advance_due_claims(by=given.software())
        catch_up()
    reviewer.page.goto(reverse("desk"))
    reviewer.look("register-desk")
    second.go_to("Review queue")
    second.follow(TITLE)
    second.tick_all("checklist")
    second.press("Confirm and certify")
    second.sees("Certificate of rights over data")
    moving_clock.days = 0
    certificate = Certificate.objects.get()
    officer.page.goto(reverse("certificate_detail", args=[certificate.pk]))
    officer.sees("In force")
    officer.look("register-certificate")
    check_and_suspend(browser, site, certificate, reviewer, tmp_path)
    officer.page.reload()
    officer.sees("It does not hold today")
    officer.look("register-frozen")
    for visitor in (officer, reviewer, second, objector):
        assert visitor.problems == []


def apply(officer: Visitor, reviewer: Visitor, *, address: str) -> None:
    """Claim, be asked to complete, complete, and come into public notice."""
    officer.page.goto(address)
    officer.look("register-draft")
    officer.fill({"rights": ["hold", "use", "operate"], "term_years": 3, "industry": "G"})
    officer.press("Begin the claim")
    officer.press("Submit the claim")
    officer.sees("How the data was produced or gathered: Show how")
    officer.look("register-missing")
    attach(officer, "record.txt", kind="source", title="Acceptance of the machines")
    officer.press("Attach")
    officer.press("Submit the claim")
    officer.sees("Submitted")
    reviewer.go_to("Review queue")
    reviewer.follow(TITLE)
    reviewer.fill({"missing": "The calibration record\nThe seal of the bureau"})
    reviewer.press("Send the list")
    officer.page.reload()
    officer.sees("The seal of the bureau")
    officer.look("register-supplement")
    attach(officer, "calibration.txt", kind="other", title="Calibration with the seal")
    officer.press("Attach")
    officer.press("Submit the claim")
    reviewer.go_to("Review queue")
    reviewer.follow(TITLE)
    reviewer.press("Accept the claim")
    reviewer.press("Start the review")
    reviewer.press("Open the public notice")
    reviewer.sees("The notice runs")
    officer.page.reload()
    officer.sees("In public notice")
    officer.look("register-notice")


def object_to_it(objector: Visitor, reviewer: Visitor) -> None:
    """Object with a file; the objection is rejected with a reason."""
    claim = Claim.objects.get()
    objector.page.goto(reverse("public_notice_list"))
    objector.follow(TITLE)
    objector.follow("Object")
    objector.fill({"text": "We counted the passengers of line 2 ourselves."})
    objector.press("Object")
    objector.sees("Being investigated")
    attach(objector, "counts.txt", title="Our counts")
    objector.press("Add the file")
    objector.sees("Our counts")
    objector.look("register-objection")
    claim.refresh_from_db()
    assert claim.state == "objection"
    reviewer.page.goto(reverse("claim_review", args=[claim.pk]))
    reviewer.page.goto(objector.page.url)
    reviewer.page.get_by_label("Reject the objection").check()
    reviewer.fill({"reason": "The counts are of another year."})
    reviewer.press("Decide the objection")
    reviewer.sees("Rejected")


def check_and_suspend(
    browser: Browser,
    site: str,
    certificate: Certificate,
    reviewer: Visitor,
    folder: Path,
) -> None:
    """Let a signed-out stranger come by the QR code and check; then freeze, and check again."""
    context = browser.new_context(base_url=site, locale="en-GB", java_script_enabled=False)
    stranger = Stranger(context.new_page(), folder)
    credential = certificate.credential
    stranger.page.goto(reverse("credential_sheet", args=[credential.pk]))
    code_leads_to = reverse("credential_detail", args=[credential.pk])
    stranger.sees(code_leads_to)
    expect(stranger.page.get_by_role("img", name=f"leads to {certificate.number}")).to_be_visible()
    stranger.page.goto(code_leads_to)
    stranger.sees(certificate.number)
    document = stranger.fetch(reverse("credential_json", args=[credential.pk]), "certificate.json")
    issuer = json.loads(document.read_text(encoding="utf-8"))["issuer"]["id"]
    trust = folder / "trust.json"
    trust.write_text(json.dumps({"issuers": {issuer: [credential.key.public_key]}}))
    code, said = stranger.run_verifier(document, trust)
    assert (code, said.splitlines()[-1]) == (verify.VERIFIED, "VERIFIED"), said
    stranger.upload(document, trust)
    stranger.sees("It holds")

    reviewer.page.goto(reverse("certificate_detail", args=[certificate.pk]))
    reviewer.press_and_confirm("Freeze", reason="The counts are looked at again.")
    reviewer.sees("The certificate is frozen.")
    code, said = stranger.run_verifier(document, trust)
    assert code == verify.REFUSED
    assert "suspended" in said
    stranger.upload(document, trust)
    stranger.sees("It does not hold")
    stranger.sees("suspended")
    stranger.page.goto(code_leads_to)
    stranger.sees("It does not hold today")
