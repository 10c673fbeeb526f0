"""Notice, waiver, confirmation and the certificate."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.services import retire_dataset
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.credentials.selectors import check_document, claims_of, document_of
from marketplace.ledger.models import Entry
from marketplace.review.models import Case
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificate_in_force
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.notice.selectors import claims_in_notice
from marketplace.rights.registration.services import (
    ask_supplement,
    confirm_claim,
    open_notice,
    submit_claim,
    waive_notice,
)
from marketplace.rights.right.coverage import scope_digest
from tests.given import rights as given
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    WIDER,
    annotated_version,
    approved_dataset,
    source_version,
)
from tests.given.threads import at_once
from tests.given.world import World
from tests.rights.test_drafting import refused

FIELDS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "certificate_fields.json").read_text(encoding="utf-8")
)


def confirm(world: World, claim_id: Any, *, by: str = "second_reviewer") -> Certificate:
    """Confirm a claim with every point of the checklist."""
    return confirm_claim(claim_id, checklist=given.RIGHT_CHECKLIST, by=world.actor(by))


def test_a_notice_stops_the_term_and_lets_it_run_on(world: World) -> None:
    """Monday 2 to Monday 9 November 2026; ten working days were left and run from its end."""
    with clock.stopped_at(given.at("2026-11-02")):
        claim = given.published_claim(world)
        assert (str(claim.notice_until), claim.decision_due_on) == ("2026-11-09", None)
        assert claim.decision_days_left == 10
        assert claims_in_notice().get() == claim
    with clock.stopped_at(given.at("2026-11-09", hour=23)):
        assert advance_due_claims(by=given.software()) == []
        assert refused(WrongState, lambda: confirm(world, claim.pk)).code == "notice-runs"
    with clock.stopped_at(given.at("2026-11-11")):
        assert not claims_in_notice().exists()
        assert advance_due_claims(by=given.software()) == [claim.pk]
        assert advance_due_claims(by=given.software()) == []
        claim.refresh_from_db()
        assert str(claim.decision_due_on) == "2026-11-23"
        certificate = confirm(world, claim.pk)
    claim.refresh_from_db()
    assert (claim.state, str(claim.deposited_on)) == (ClaimState.CERTIFIED, "2026-11-11")
    assert certificate.valid_from == claim.deposited_on


def test_a_claim_is_not_confirmed_without_notice_or_waiver(world: World) -> None:
    """One of both comes first."""
    claim = given.reviewed_claim(world)
    assert refused(WrongState, lambda: confirm(world, claim.pk)).code == "notice-missing"


def test_a_waiver_needs_a_reason_which_is_recorded(world: World) -> None:
    """With the claim in words, in the ledger by its digest, on the certificate as a remark."""
    claim = given.reviewed_claim(world)
    error = refused(Invalid, lambda: waive_notice(claim.pk, reason="", by=world.actor("reviewer")))
    assert isinstance(error, Invalid)
    assert list(error.fields) == ["reason"]
    waived = waive_notice(claim.pk, reason=given.WAIVER, by=world.actor("reviewer"))
    assert (waived.state, waived.waive_reason) == (ClaimState.UNDER_REVIEW, given.WAIVER)
    entry = Entry.objects.get(kind="rights.notice_waived")
    assert entry.payload == {"reason_sha256": hashlib.sha256(given.WAIVER.encode()).hexdigest()}
    before = Entry.objects.count()
    waive_notice(claim.pk, reason="Another", by=world.actor("reviewer"))
    assert Entry.objects.count() == before
    error = refused(WrongState, lambda: open_notice(claim.pk, by=world.actor("reviewer")))
    assert error.code == "notice-waived"
    assert claims_of(confirm(world, claim.pk).credential)["remarks"]["notice_waived"]


def test_confirming_takes_a_second_person_and_every_point(world: World) -> None:
    """Neither the claimant nor half a checklist."""
    claim = given.waived_claim(world)
    refused(NotAllowed, lambda: confirm(world, claim.pk, by="officer"))
    refused(NotAllowed, lambda: confirm(world, claim.pk, by="auditor"))
    refused(
        Invalid,
        lambda: confirm_claim(
            claim.pk, checklist=given.RIGHT_CHECKLIST[:1], by=world.actor("second_reviewer")
        ),
    )
    confirm(world, claim.pk)
    case = Case.objects.get(kind="right")
    assert (case.state, case.decided_by_id) == ("approved", world.person("second_reviewer").pk)


def test_who_examined_or_waived_does_not_certify(world: World) -> None:
    """One reviewer accepts, examines and waives: another certifies, whoever took which step."""
    claim = given.waived_claim(world)
    error = refused(NotAllowed, lambda: confirm(world, claim.pk, by="reviewer"))
    assert error.code == "second-reviewer"
    claim.refresh_from_db()
    assert (claim.state, claim.certified_by_id) == (ClaimState.UNDER_REVIEW, None)
    assert confirm(world, claim.pk).claim.certified_by_id == world.person("second_reviewer").pk


def test_who_waives_the_notice_has_taken_the_examination_over(world: World) -> None:
    """Then the first examiner is the second person, so that two reviewers are enough."""
    claim = given.reviewed_claim(world)
    waive_notice(claim.pk, reason=given.WAIVER, by=world.actor("second_reviewer"))
    refused(NotAllowed, lambda: confirm(world, claim.pk, by="second_reviewer"))
    assert confirm(world, claim.pk, by="reviewer").claim_id == claim.pk


def test_content_that_is_not_approved_any_more_is_not_confirmed(world: World) -> None:
    """Whatever was examined before."""
    dataset = approved_dataset(world)
    claim = given.waived_claim(world, dataset=dataset)
    retire_dataset(dataset.pk, reason="Replaced", by=world.actor("officer"))
    error = refused(WrongState, lambda: confirm(world, claim.pk))
    assert error.code == "content-not-approved"


def test_the_certificate_is_a_signed_pre_registration(world: World) -> None:
    """Its number carries no national code; its document can be checked by anybody."""
    with clock.stopped_at(given.at("2026-11-05")):
        certificate = given.certified(world, term_years=5, restrictions="Not for export")
        result = check_document(document_of(certificate.credential))
    assert certificate.number == "PR-202611-0001"
    assert (str(certificate.valid_from), str(certificate.valid_until)) == (
        "2026-11-05",
        "2031-11-05",
    )
    assert result.valid
    assert result.credential == certificate.credential
    states = claims_of(certificate.credential)
    assert states["nature"] == "pre-registration"
    assert states["rights"]["restrictions"] == "Not for export"
    assert states["rights"]["rights"] == ["hold", "use", "operate"]


def test_the_certificate_states_the_fields_of_the_annex(world: World) -> None:
    """Those of annex 1, under names of ours; personal ones have no place on it."""
    names = {
        "name": "name",
        "type(natural person/legal person/unincorporated)": "type",
        "id number or USCC": "uscc",
        "contact": "contact",
        "operating status": "operating_status",
        "name (time, place, industry, content, type; <=40 chars)": "name",
        "abstract (<=400 chars)": "abstract",
        "industry (GB/T 4754 section and division)": "industry",
        "source (collected / scraped public / by agreement / derived)": "source",
        "geographic scope": "geographic_scope",
        "time scope": "time_scope",
        "update frequency": "update_frequency",
        "volume": "volume",
        "form": "form",
        "restriction scope (or 'none')": "restriction_scope",
        "holder name": "holder",
        "USCC": "uscc",
        "right type: hold/use/operate": "rights",
        "term": "term_years",
        "restrictions": "restrictions",
        "evidence files": "evidence",
    }
    with_contact = {"phone", "address"}
    certificate = given.certified(world)
    states = claims_of(certificate.credential)
    for part in ("applicant", "data", "rights"):
        for field in FIELDS[part]:
            if field not in with_contact:
                assert states[part][names[field]] not in (None, "", []), field
    assert states["data"]["volume"] == {
        "rows": 4,
        "columns": 4,
        "bytes": states["data"]["volume"]["bytes"],
    }
    assert states["data"]["volume"]["bytes"] > 0
    version = source_version(certificate.dataset)
    assert states["data"]["fingerprint"] == version.sha256
    assert states["data"]["coverage"] == {
        "reaches": "updates",
        "structure": version.structure_sha256,
        "scope": scope_digest(version),
    }
    assert set(states["remarks"]) >= {"agreed_terms", "judicial_freeze", "administrative_control"}


def test_numbers_follow_each_other_in_a_month(world: World) -> None:
    """And begin anew in the next."""
    numbers = []
    for day in ("2026-10-12", "2026-10-30", "2026-11-02"):
        with clock.stopped_at(given.at(day)):
            numbers.append(given.certified(world).number)
    assert numbers == ["PR-202610-0001", "PR-202610-0002", "PR-202611-0001"]


def test_a_right_in_force_is_found_by_day_and_kind(world: World) -> None:
    """From the deposit to the last day of its term."""
    with clock.stopped_at(given.at("2026-11-05")):
        certificate = given.certified(world, rights=frozenset({"hold", "use"}), term_years=1)
    dataset, owner = certificate.dataset_id, certificate.organization_id

    def found(right: str, day: str) -> Certificate | None:
        return certificate_in_force(dataset, owner, right, on=given.at(day).date())

    assert found("use", "2026-11-05") == certificate
    assert found("use", "2027-11-05") == certificate
    assert found("use", "2026-11-04") is None
    assert found("use", "2027-11-06") is None
    assert found("operate", "2026-11-05") is None
    other = world.organization("stranger").pk
    assert certificate_in_force(dataset, other, "use", on=given.at("2026-11-05").date()) is None


@pytest.mark.postgres
def test_of_six_confirmations_at_once_one_wins(committed_database: None) -> None:
    """One certificate, one number."""
    world = World()
    claim = given.waived_claim(world)
    reviewer = world.actor("second_reviewer")
    answers = at_once(
        6, lambda _number: confirm_claim(claim.pk, checklist=given.RIGHT_CHECKLIST, by=reviewer)
    )
    won = [answer for answer in answers if isinstance(answer, Certificate)]
    assert len(won) == 1
    assert all(isinstance(answer, WrongState) for answer in answers if answer not in won)
    assert Certificate.objects.get() == won[0]


@pytest.mark.postgres
def test_six_certificates_at_once_have_six_numbers(committed_database: None) -> None:
    """No number is given twice, and none is lost."""
    world = World()
    with clock.stopped_at(given.at("2026-11-05")):
        claims = [given.waived_claim(world) for _number in range(6)]
    reviewer = world.actor("second_reviewer")

    def one(number: int) -> Certificate:
        with clock.stopped_at(given.at("2026-11-05")):
            return confirm_claim(claims[number].pk, checklist=given.RIGHT_CHECKLIST, by=reviewer)

    answers = at_once(6, one)
    assert sorted(answer.number for answer in answers if isinstance(answer, Certificate)) == [
        f"PR-202611-000{number}" for number in range(1, 7)
    ]


def test_a_claim_over_data_that_changed_meanwhile_is_not_confirmed(world: World) -> None:
    """What was examined is what is certified; handed in again it can be."""
    dataset = approved_dataset(world)
    claim = given.waived_claim(world, dataset=dataset)
    annotated_version(world, dataset, table=WIDER)
    submit_dataset(dataset.pk, by=world.actor("officer"))
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    assert refused(WrongState, lambda: confirm(world, claim.pk)).code == "data-changed"
    ask_supplement(claim.pk, missing=["The new columns"], by=world.actor("reviewer"))
    submit_claim(claim.pk, by=world.actor("officer"))
    assert confirm(world, claim.pk).version == source_version(dataset)
