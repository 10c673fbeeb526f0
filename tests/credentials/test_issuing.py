"""Issue, suspend, reinstate and revoke; keys, numbers, signatures, standing."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, transaction

from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, WrongState
from marketplace.credentials.data_integrity import from_base58btc
from marketplace.credentials.models import Credential, CredentialKind, NumberSeries, SigningKey
from marketplace.credentials.selectors import check_document, check_number, document_of, standing
from marketplace.credentials.services import (
    LAST_SERIAL,
    current_key,
    issue_credential,
    next_number,
    reinstate_credential,
    revoke_credential,
    suspend_credential,
)
from marketplace.credentials.states import CredentialState, StatusReason
from marketplace.ledger.models import Entry
from tests.credentials.access import issued
from tests.given.threads import at_once
from tests.given.world import World

SOFTWARE = Actor.system(Door.TASK)


def issue(number: str, **changes: Any) -> Credential:
    """Issue a risk credential, with changes."""
    plain: dict[str, Any] = {
        "kind": CredentialKind.RISK,
        "subject": "risk_report:1",
        "about": ("dataset:1",),
        "claims": {"smallest_class": 5, "share": "0.0125"},
        "valid_from": date(2026, 11, 2),
        "valid_until": date(2027, 11, 1),
    }
    return issue_credential(number=number, **(plain | changes), by=SOFTWARE)


def on(day: str) -> datetime:
    """Return noon of a day in the centre's time zone."""
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_signature_is_over_the_canonical_document(db: None) -> None:
    """Anybody can check it without this software: RFC 8785, SHA-256 and Ed25519."""
    credential = issue("RR-202611-0001")
    document = document_of(credential)
    proof = document.pop("proof")
    signed = rfc8785.dumps(document)
    assert hashlib.sha256(signed).hexdigest() == credential.digest
    signature = from_base58btc(proof.pop("proofValue"))
    hashed = hashlib.sha256(rfc8785.dumps(proof)).digest() + hashlib.sha256(signed).digest()
    key = from_base58btc(proof["verificationMethod"].partition("#")[2])
    assert key[:2] == b"\xed\x01"
    Ed25519PublicKey.from_public_bytes(key[2:]).verify(signature, hashed)
    assert document["credentialSubject"] == {
        "about": "risk_report:1",
        "smallest_class": 5,
        "share": "0.0125",
    }
    assert document["validFrom"] == "2026-11-02T00:00:00+08:00"
    assert document["validUntil"] == "2027-11-01T23:59:59+08:00"


def test_an_issue_is_recorded_with_its_digest(db: None) -> None:
    """In the timelines of what it is about."""
    credential = issue("RR-202611-0001")
    entry = Entry.objects.get(kind="credentials.credential_issued")
    assert entry.payload["digest"] == credential.digest
    assert entry.about == ["risk_report:1", "dataset:1"]


def test_one_key_signs_and_its_private_half_is_wrapped(db: None) -> None:
    """Two credentials, one key; the bytes kept are not the key's."""
    first, second = issue("RR-1"), issue("RR-2")
    assert first.key == second.key == SigningKey.objects.get()
    assert len(bytes(first.key.wrapped_private_key)) > 32
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.create(public_key="00" * 32, wrapped_private_key=b"x")


def test_a_number_is_used_once(db: None) -> None:
    """Whatever its case."""
    issue("RR-202611-0001")
    with pytest.raises(Invalid) as refused:
        issue("rr-202611-0001 ")
    assert refused.value.code == "number-used"
    assert Credential.objects.count() == 1


def test_a_validity_does_not_end_before_it_begins(db: None) -> None:
    """By the act and by the database."""
    with pytest.raises(Invalid) as refused:
        issue("RR-1", valid_until=date(2026, 11, 1))
    assert refused.value.code == "validity-inverted"
    credential = issue("RR-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.filter(pk=credential.pk).update(valid_until=date(2026, 1, 1))


@pytest.mark.parametrize("value", [Decimal("1.5"), 2**60, float("nan")])
def test_what_has_no_canonical_form_is_not_signed(db: None, value: object) -> None:
    """A caller who hands over a decimal has to make it a text; nothing is kept."""
    with pytest.raises(ValueError, match="canonical"):
        issue("RR-1", claims={"share": value})
    assert not Credential.objects.exists()


def test_suspended_reinstated_revoked(db: None) -> None:
    """Each again changes nothing; a revoked one stays so."""
    pk = issue("RR-1").pk

    def suspend() -> Credential:
        return suspend_credential(pk, reason=StatusReason.OBJECTION, by=SOFTWARE)

    def reinstate() -> Credential:
        return reinstate_credential(pk, by=SOFTWARE)

    def revoke() -> Credential:
        return revoke_credential(pk, reason=StatusReason.SUPERSEDED, by=SOFTWARE)

    for act, state in ((suspend, "suspended"), (reinstate, "issued"), (revoke, "revoked")):
        assert act().state == state
        before = Entry.objects.count()
        assert act().state == state
        assert Entry.objects.count() == before
    for act in (suspend, reinstate):
        with pytest.raises(WrongState):
            act()
    credential = Credential.objects.get()
    assert (credential.state, credential.reason) == (CredentialState.REVOKED, "superseded")


@pytest.mark.parametrize(
    ("day", "code"),
    [("2026-11-01", "not-yet"), ("2026-11-02", ""), ("2027-11-01", ""), ("2027-11-02", "expired")],
)
def test_both_days_belong_to_the_validity(db: None, day: str, code: str) -> None:
    """Before and after it does not hold."""
    credential = issue("RR-1")
    with clock.stopped_at(on(day)):
        result = check_document(document_of(credential))
    assert [doubt.code for doubt in result.doubts] == ([code] if code else [])


def test_a_suspended_document_says_why(db: None) -> None:
    """In words."""
    credential = issue("RR-1")
    suspend_credential(credential.pk, reason=StatusReason.OBJECTION, by=SOFTWARE)
    credential.refresh_from_db()
    doubts = standing(credential, on=date(2026, 11, 2))
    assert [doubt.code for doubt in doubts] == ["suspended"]
    assert "objection" in doubts[0].sentence


def test_another_centres_signature_does_not_pass(world: World) -> None:
    """A document that says it is ours, signed with a key that is not."""
    document = document_of(issued())
    document["proof"] |= {"verificationMethod": "did:key:z6Mk#z6Mk"}
    assert [doubt.code for doubt in check_document(document).doubts] == ["foreign-key"]


def test_a_bare_number_opens_only_what_is_public(world: World) -> None:
    """The register of rights is; the figures of a risk report are for whoever was given it."""
    with clock.stopped_at(on("2026-11-10")):
        right, risk = issued("PR-TEST-0001"), issue("RR-202611-0001")
        assert check_number("pr-test-0001").credential == right
        found = check_number("RR-202611-0001")
        assert (found.valid, found.credential) == (True, None)
        assert check_document(document_of(risk)).credential == risk


def test_numbers_follow_each_other(db: None) -> None:
    """By prefix and month; a transaction that fails gives its number back."""
    assert next_number("RR", on=date(2026, 11, 2)) == "RR-202611-0001"
    with transaction.atomic():
        assert next_number("RR", on=date(2026, 11, 3)) == "RR-202611-0002"
        transaction.set_rollback(True)
    assert next_number("RR", on=date(2026, 11, 30)) == "RR-202611-0002"
    assert next_number("RR", on=date(2026, 12, 1)) == "RR-202612-0001"
    assert next_number("VA", on=date(2026, 12, 1)) == "VA-202612-0001"


def test_a_month_has_so_many_numbers(db: None) -> None:
    """Then it says so."""
    NumberSeries.objects.create(prefix="RR-202611", last=LAST_SERIAL)
    with pytest.raises(WrongState) as refused:
        next_number("RR", on=date(2026, 11, 2))
    assert refused.value.code == "numbers-used-up"


@pytest.mark.postgres
def test_six_first_issues_at_once_share_one_key(committed_database: None) -> None:
    """And six first numbers of a month are six numbers."""
    keys = at_once(6, lambda _number: current_key(by=SOFTWARE).public_key)
    assert len(set(map(str, keys))) == 1
    numbers = at_once(6, lambda _number: next_number("RR", on=date(2026, 11, 2)))
    assert sorted(map(str, numbers)) == [f"RR-202611-000{number}" for number in range(1, 7)]
