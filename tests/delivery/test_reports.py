"""A bought report is frozen, signed, and verifiable without the centre."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.credentials.models import Credential, SigningKey
from marketplace.credentials.selectors import check_document, document_of
from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.report.models import ReportOpening, SignedReport
from marketplace.delivery.report.services import open_report
from marketplace.ledger.models import Entry
from marketplace.trading.listings.publication.services import submit_listing
from marketplace.trading.listings.report.content import ReportContent
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import delivery
from tests.given import reports as given
from tests.given.world import World

VERIFIER = Path(__file__).parents[2] / "marketplace" / "ledger" / "verifier" / "verify.py"


def test_the_report_is_signed_once_and_every_opening_recorded(
    world: World, page_of: PageClients
) -> None:
    """Page and file are of the digest that the sheet, the credential and the ledger name."""
    grant = given.granted(world)
    page = page_of("buyer").get(reverse("grant_report", args=[grant.pk]))
    file = page_of("buyer").get(reverse("grant_report_file", args=[grant.pk]))
    digest = hashlib.sha256(file.content).hexdigest()
    assert json.loads(file.content) == given.CONTENT.as_json()
    assert grant.listing.sheet is not None
    assert grant.listing.sheet["report"]["sha256"] == digest
    assert SignedReport.objects.get().sha256 == digest
    assert digest in page.content.decode()
    assert "<svg" in page.content.decode()
    assert ReportOpening.objects.count() == 2
    assert Entry.objects.filter(kind="delivery.report_opened").count() == 2
    assert Order.objects.get(pk=grant.order_id).state == "delivered"
    credential = Credential.objects.get(kind="report")
    assert check_document(document_of(credential)).valid


def test_two_buyers_get_one_signature(world: World) -> None:
    """What is sold twice is the same report."""
    listing = given.published(world)
    opened = [
        open_report(given.granted(world, listing).pk, by=world.actor("buyer")) for _ in range(2)
    ]
    assert opened[0].credential == opened[1].credential


def test_a_stranger_verifies_it_offline(world: World, page_of: PageClients, tmp_path: Path) -> None:
    """The one-file program finds an altered report."""
    grant = given.granted(world)
    file = page_of("buyer").get(reverse("grant_report_file", args=[grant.pk])).content
    credential = Credential.objects.get(kind="report")
    document, key = document_of(credential), SigningKey.objects.get()
    (tmp_path / "credential.json").write_bytes(rfc8785.dumps(document))
    (tmp_path / "trust.json").write_text(
        json.dumps({"issuers": {credential.issuer: [key.public_key]}}), encoding="utf-8"
    )

    shutil.copy(VERIFIER, tmp_path)
    names = ["credential.json", "report.json", "--trust", "trust.json"]

    def verified(report: bytes) -> subprocess.CompletedProcess[str]:
        (tmp_path / "report.json").write_bytes(report)
        return subprocess.run(
            [sys.executable, "verify.py", *names],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    assert "VERIFIED" in verified(file).stdout
    altered = verified(file.replace(b"41.5", b"31.5"))
    assert altered.returncode != 0
    assert "REFUSED" in altered.stdout


def test_each_opening_asks_anew(world: World) -> None:
    """Only the buyer, and only while everything stands."""
    grant = given.granted(world)
    for person in ("officer", "reviewer"):
        with pytest.raises(NotAllowed):
            open_report(grant.pk, by=world.actor(person))
    with clock.stopped_at(grant.expires_at), pytest.raises(WrongState):
        open_report(grant.pk, by=world.actor("buyer"))
    revoke_grant(grant.pk, reason="Misuse.", by=world.actor("reviewer"))
    with pytest.raises(WrongState) as refused:
        open_report(grant.pk, by=world.actor("buyer"))
    assert refused.value.code == "grant-revoked"
    assert not ReportOpening.objects.exists()


def test_a_changed_report_is_not_delivered(world: World) -> None:
    """What is stored must be what the sheet froze."""
    grant = given.granted(world)
    ListingReport.objects.update(content={**given.CONTENT.as_json(), "title": "Another"})
    with pytest.raises(WrongState) as refused:
        open_report(grant.pk, by=world.actor("buyer"))
    assert refused.value.code == "report-changed"


def test_other_ways_of_delivery(world: World, api_of: ApiClients) -> None:
    """A file is no report, and a report no file; without a report nothing is offered."""
    grant = delivery.granted(world)
    assert api_of("buyer").get(reverse("api_open_report", args=[grant.pk])).status_code == 409
    with pytest.raises(Invalid) as refused:
        submit_listing(given.drafted(World()).pk, by=world.actor("officer"))
    assert refused.value.code == "report-missing"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "poem"},
        {"title": " "},
        {"title": ["x"]},
        {"rows": []},
        {"sections": []},
        {"sections": [{"heading": "x"}] * 21},
        {"sections": ["x"]},
        {"sections": [{"heading": "x", "bars": [{"label": "a", "value": "much"}]}]},
        {"sections": [{"heading": "x", "bars": [{"label": "a", "value": "NaN"}]}]},
        {"sections": [{"heading": "x", "figures": [{"name": "a"}]}]},
    ],
)
def test_what_is_no_report(changes: dict[str, Any]) -> None:
    """Each is refused with a sentence."""
    with pytest.raises(Invalid) as refused:
        ReportContent.from_json({**given.CARD, **changes})
    assert refused.value.code == "report-malformed"


def test_the_proposal_is_a_report(world: World, page_of: PageClients) -> None:
    """What the form shows at first can be saved as it is."""
    listing = given.drafted(world)
    address = reverse("report_write", args=[listing.pk])
    form = page_of("officer").get(address).context["form"]
    sent = page_of("officer").post(address, {"content": form["content"].value()})
    assert sent.status_code == 302
    for text in ("{", "[]", '{"kind": "statistics"}'):
        assert page_of("officer").post(address, {"content": text}).status_code == 422
