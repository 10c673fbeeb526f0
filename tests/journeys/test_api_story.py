"""The whole story through the REST API alone: tokens, JSON, one upload, one download in ranges."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import redis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.core import clock
from marketplace.demo.story.cast import (
    ADMINISTRATOR,
    ADMINISTRATORS,
    BUYER,
    CENTRE,
    OFFICER,
    REVIEWER,
    SECOND_ADMINISTRATOR,
    SECOND_REVIEWER,
    SECOND_TREASURER,
    TREASURER,
    Part,
)
from marketplace.demo.story.identities import IDENTITY_COLUMNS
from marketplace.demo.story.registering import points_of
from marketplace.demo.story.survey import SURVEY
from marketplace.ledger.services.verification import verify_ledger
from marketplace.pipeline.models import SetAside
from marketplace.review.models import CaseKind
from tests.given.calling import Caller, program_of
from tests.given.letters import letter_to, secret_in, signed_in_letter
from tests.given.story import (
    ROWS,
    few_rows,
    found_in_bytes,
    found_in_cells,
    invented,
    kept_columns,
    turn,
)
from tests.given.world import EXAMINATION, PASSWORD

ORDER_KEY = "order-of-the-story"
Call = Callable[[Part], Caller]


@pytest.fixture
def call(empty_database: None, valkey: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Found the centre, and answer who calls as whom."""
    few_rows(monkeypatch)
    call_command(
        "found_centre",
        name=CENTRE.name,
        uscc=CENTRE.uscc,
        contact=CENTRE.contact,
        administrators=[part.email for part in ADMINISTRATORS],
        verbosity=0,
    )
    settle()
    for part in ADMINISTRATORS:
        secret = secret_in(letter_to(part.email))
        Caller().post("accept_invitation", secret=secret, name=part.name, password=PASSWORD)
        client = Client()
        client.post(reverse("account_login"), {"login": part.email, "password": PASSWORD})
    return program_of


def settle() -> None:
    """Let loop and worker do all that follows."""
    while turn():
        pass


def test_story_by_programs(call: Call, tmp_path: Path) -> None:
    """From the applications to the released money, without one page."""
    visitor, administrator = Caller(), call(ADMINISTRATOR)
    second = call(SECOND_ADMINISTRATOR)
    for part in (OFFICER, BUYER):
        join_organization(visitor, administrator, second, part)
    for part in (REVIEWER, SECOND_REVIEWER, TREASURER, SECOND_TREASURER):
        join_centre(visitor, administrator, second, part)
    officer, buyer = call(OFFICER), call(BUYER)
    reviewer, second_reviewer, treasurer = call(REVIEWER), call(SECOND_REVIEWER), call(TREASURER)

    dataset = bring_content(officer, reviewer, tmp_path)
    masked = prepare(officer, dataset)
    certify(officer, reviewer, second_reviewer, dataset)
    value(officer, reviewer, dataset)
    bound_price(officer, reviewer, dataset)
    listing = offer(officer, reviewer, masked)
    order = agree(buyer, officer, listing)
    told = treasurer.post("record_payment", order, reference="DEMO-0001")
    call(SECOND_TREASURER).post("confirm_payment", told["id"])
    settle()
    delivered = tmp_path / "delivered.parquet"
    download(buyer, order, delivered)

    accepted = buyer.post("accept_delivery", order)
    assert accepted["state"] == "completed"
    moved = {row["kind"]: row["amount"] for row in buyer.rows("list_order_transfers", order)}
    paid = {"allocation": "26800.00", "hold": "26800.00"}
    assert moved == paid | {"release": "26264.00", "fee": "536.00"}
    values = invented().values()
    assert found_in_cells(delivered, values) == set()
    assert found_in_bytes(delivered, values) == set()

    settle()
    account = officer.get("get_ceiling", officer.row("list_ceilings", dataset=dataset)["id"])
    assert account["account"]["income"] == "26800.00"
    assert not SetAside.objects.exists(), list(SetAside.objects.values("reaction", "error"))
    head = visitor.get("get_ledger_head")
    assert verify_ledger().faults == ()
    assert head["tree_size"] == verify_ledger().sealed
    notices = officer.get("list_notices")["results"]
    assert {"case_approved", "run_done"} <= {notice["kind"] for notice in notices}


def join_organization(visitor: Caller, administrator: Caller, second: Caller, part: Part) -> None:
    """Let a person's organization apply, and verify it."""
    applied = visitor.post(
        "apply_organization",
        name=part.house.name,
        kind=part.house.kind,
        uscc=part.house.uscc,
        contact=part.house.contact,
        person_name=part.name,
        email=part.email,
        password=PASSWORD,
        roles=[part.role],
    )
    settle()
    visitor.post("prove_address", signed=signed_in_letter(letter_to(part.email)))
    for kind in OrganizationDocumentKind:
        paper = SimpleUploadedFile(f"{kind.value}.pdf", b"%PDF-1.7 " + kind.value.encode())
        second.send("attach_document", applied["id"], kind=kind.value, upload=paper)
    second.post("examine_organization", applied["id"], **EXAMINATION)
    assert administrator.post("verify_organization", applied["id"])["state"] == "verified"


def join_centre(visitor: Caller, administrator: Caller, second: Caller, part: Part) -> None:
    """Propose and give a colleague's roles, by two; the colleague accepts."""
    centre = administrator.row("list_organizations", kind="centre")
    proposed = administrator.post(
        "propose_invitation",
        centre["id"],
        email=part.email,
        roles=[part.role],
        reason="Contract of employment",
    )
    assert second.post("approve_change", proposed["id"])["state"] == "done"
    settle()
    secret = secret_in(letter_to(part.email))
    visitor.post("accept_invitation", secret=secret, name=part.name, password=PASSWORD)


def bring_content(officer: Caller, reviewer: Caller, folder: Path) -> str:
    """Register, upload, explain, grade and approve a dataset; answer its id."""
    dataset = officer.post("register_dataset", **asdict(SURVEY.description))
    path = folder / SURVEY.file_name
    SURVEY.write(path, ROWS)
    table = SimpleUploadedFile(SURVEY.file_name, path.read_bytes(), content_type="text/csv")
    version = officer.send("receive_upload", dataset["id"], upload=table)
    assert version["rows"] == ROWS
    explained = officer.post(
        "annotate_columns",
        version["id"],
        columns=[asdict(annotation) for annotation in SURVEY.annotations],
    )
    assert all(column["label"] for column in explained["columns"])
    graded = officer.post(
        "grade_dataset",
        dataset["id"],
        impacts=[{"object": impact.object, "degree": impact.degree} for impact in SURVEY.impacts],
    )
    assert graded["grade"] == "general-3"
    officer.post("submit_dataset", dataset["id"])
    approved = reviewer.post(
        "approve_dataset", dataset["id"], checklist=points_of(CaseKind.CONTENT)
    )
    assert approved["state"] == "approved"
    settle()
    return str(dataset["id"])


def prepare(officer: Caller, dataset: str) -> str:
    """Confirm a policy and mask the data; answer the id of the masked version."""
    source = officer.row("list_dataset_versions", dataset, kind="source")
    findings = officer.rows("list_findings", source["id"])
    direct = {row["name"] for row in findings if row["role"] == "direct"}
    assert direct == set(IDENTITY_COLUMNS)
    policy = officer.get("get_policy", source["id"])["document"]
    policy["smallest_class"] = SURVEY.smallest_class
    for rule in policy["columns"]:
        rule.update(SURVEY.rules[rule["name"]])
    officer.post("confirm_policy", source["id"], **policy)
    run = officer.post("start_masking", source["id"])
    settle()
    run = officer.get("get_run", run["id"])
    assert run["state"] == "done", run["error"]
    report = officer.row("list_risk_reports", version=run["result_version"])
    assert report["passed"], report["failures"]
    assert report["verdict"] == "anonymous"
    assert report["figures"]["smallest_class"] >= SURVEY.smallest_class
    masked = officer.get("get_dataset_version", run["result_version"])
    assert [column["name"] for column in masked["columns"]] == kept_columns(SURVEY)
    return str(masked["id"])


def certify(officer: Caller, reviewer: Caller, second_reviewer: Caller, dataset: str) -> None:
    """Claim rights and have them confirmed by a second reviewer; anybody can check the number."""
    claim = officer.post(
        "draft_claim",
        dataset,
        rights=sorted(SURVEY.rights),
        term_years=SURVEY.term_years,
        industry=SURVEY.industry,
    )["id"]
    proof = SURVEY.proof
    officer.send(
        "attach_evidence",
        claim,
        kind=proof.kind.value,
        title=proof.title,
        upload=SimpleUploadedFile(proof.file_name, proof.text.encode(), "text/plain"),
    )
    officer.post("submit_claim", claim)
    reviewer.post("accept_claim", claim)
    reviewer.post("start_review", claim)
    waived = reviewer.post("waive_notice", claim, reason=SURVEY.waiver)
    assert waived["waive_reason"] == SURVEY.waiver
    certificate = second_reviewer.post("confirm_claim", claim, checklist=points_of(CaseKind.RIGHT))
    assert set(certificate["rights"]) == SURVEY.rights
    assert Caller().get("check_credential_number", certificate["number"])["valid"]


def value(officer: Caller, reviewer: Caller, dataset: str) -> None:
    """Value the data, and have the valuation approved."""
    appraisal = officer.post(
        "draft_appraisal", dataset, method="cost", purpose="trade", inputs=SURVEY.costs
    )["id"]
    officer.post("submit_appraisal", appraisal)
    approved = reviewer.post(
        "approve_appraisal", appraisal, checklist=points_of(CaseKind.VALUATION)
    )
    assert approved["state"] == "in_force"
    # (120000 + 640000 + 85000 + 60000 + 12500) · 0.9935 · 4 / 5; 77 of 12000 cells are empty.
    assert approved["amount"] == "729229.00"
    assert officer.get("replay_appraisal", appraisal)["same"]


def bound_price(officer: Caller, reviewer: Caller, dataset: str) -> None:
    """Give the public data its price ceiling, and have it approved."""
    assert SURVEY.public_cost is not None
    days = (clock.today(), clock.today() + timedelta(days=364))
    period = {"period_from": days[0].isoformat(), "period_until": days[1].isoformat()}
    cost = {name: str(value) for name, value in asdict(SURVEY.public_cost).items()}
    ceiling = officer.post("draft_ceiling", dataset, **period, **cost)["id"]
    officer.post("submit_ceiling", ceiling)
    approved = reviewer.post("approve_ceiling", ceiling, checklist=points_of(CaseKind.CEILING))
    # (485000 · 1.08 + 29100) / 20
    assert approved["price"] == "27645.00"


def offer(officer: Caller, reviewer: Caller, masked: str) -> str:
    """List the masked version, through the gate; answer the id of the listing."""
    said = SURVEY.offer
    listing = officer.post(
        "draft_listing",
        masked,
        title=said.title,
        summary=said.summary,
        price=str(said.price),
        terms=said.terms.as_json(),
    )["id"]
    assert SURVEY.assessment is not None
    assessed = officer.post("make_assessment", listing, cases=["handed_on"], **SURVEY.assessment)
    assert reviewer.post("approve_assessment", assessed["id"])["state"] == "approved"
    assert officer.get("get_listing_gate", listing) == {"is_open": True, "findings": []}
    officer.post("submit_listing", listing)
    published = reviewer.post("publish_listing", listing, checklist=points_of(CaseKind.LISTING))
    assert published["state"] == "published"
    sheet = Caller().get("get_market_listing", listing)["sheet"]
    assert sheet["risk"]["figures"]["smallest_class"] >= 5
    return str(listing)


def agree(buyer: Caller, officer: Caller, listing: str) -> str:
    """Order, accept and sign on both sides; answer the id of the order."""
    wanted = {"purpose": "Actuarial tables", "request_key": uuid4().hex}
    order = buyer.post("place_order", listing, key=ORDER_KEY, **wanted)["id"]
    again = buyer.post("place_order", listing, key=ORDER_KEY, **wanted)["id"]
    assert again == order, "The same key is answered by the same order."
    contract_id = officer.post("accept_order", order)["contract"]
    for side, program in {"seller": officer, "buyer": buyer}.items():
        contract = program.get("get_contract", contract_id)
        read = hashlib.sha256(contract["text"].encode()).hexdigest()
        program.sign(contract_id, side=side, digest=read)
    assert buyer.get("get_order", order)["state"] == "signed"
    return str(order)


def download(buyer: Caller, order: str, target: Path) -> None:
    """Fetch the data in two ranges, and check it against the digest that was granted."""
    grant = buyer.row("list_grants", order=order)
    address = reverse("api_open_download", args=[grant["id"]])
    half = grant["size"] // 2
    content = b""
    for asked in (f"bytes=0-{half - 1}", f"bytes={half}-"):
        answer = buyer.client.get(address, headers={"Range": asked})
        assert answer.status_code == 206, answer.content
        content += answer.getvalue()
    assert hashlib.sha256(content).hexdigest() == grant["sha256"]
    target.write_bytes(content)
    whole = buyer.client.get(address)
    assert whole.getvalue() == content
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert whole.headers["Content-Digest"] == f"sha-256=:{digest}:"
    assert len(buyer.rows("list_grant_downloads", grant["id"])) == 3
