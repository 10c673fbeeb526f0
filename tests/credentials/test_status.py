"""Status lists, keys and identifiers: what a stranger needs to check a certificate offline."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotAllowed
from marketplace.credentials.data_integrity import multikey
from marketplace.credentials.documents import digest_of, earlier_proof, signed_bytes
from marketplace.credentials.models import Credential, CredentialKind, SigningKey, Suite
from marketplace.credentials.selectors import check_document, document_of
from marketplace.credentials.services import (
    current_key,
    reinstate_credential,
    revoke_credential,
    rotate_signing_key,
    sign,
    suspend_credential,
)
from marketplace.credentials.states import StatusReason
from marketplace.credentials.verifiable import BITS, encoded_list
from marketplace.ledger.models import Entry
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import Refused, Trust
from tests.credentials.access import issued
from tests.given.world import World

SOFTWARE = Actor.system(Door.COMMAND)


def bytes_of(credential: Credential) -> bytes:
    """Download a certificate."""
    return bytes(Client().get(f"/credentials/{credential.pk}.json").content)


def lists_of(credential: Credential) -> list[bytes]:
    """Download the status lists that a certificate names."""
    entries = json.loads(bytes_of(credential))["credentialStatus"]
    return [
        bytes(Client().get("/" + entry["statusListCredential"].split("/", 3)[3]).content)
        for entry in entries
    ]


def trust_in(credential: Credential) -> Trust:
    """Believe the key of a certificate."""
    return Trust({credential.issuer: (bytes.fromhex(credential.key.public_key),)})


def checked(credential: Credential) -> list[str]:
    """Let the offline verifier check a certificate with its status lists."""
    outcome = verify.check_certificate(
        bytes_of(credential), trust=trust_in(credential), status_lists=lists_of(credential)
    )
    return list(outcome.lines)


@given(indices=st.sets(st.integers(0, BITS - 1), max_size=20))
def test_a_list_says_its_bits(indices: set[int]) -> None:
    """The leftmost bit is the first; the same bits are the same text."""
    encoded = encoded_list(indices)
    assert encoded[0] == "u"
    padded = encoded[1:] + "=" * (-len(encoded[1:]) % 4)
    bits = gzip.decompress(base64.urlsafe_b64decode(padded))
    assert len(bits) * 8 == BITS
    found = {
        8 * place + bit
        for place, byte in enumerate(bits)
        if byte
        for bit in range(8)
        if byte >> (7 - bit) & 1
    }
    assert found == indices
    assert encoded_list(sorted(indices)) == encoded


@pytest.mark.parametrize("index", [-1, BITS])
def test_a_list_has_an_end(index: int) -> None:
    """No bit beyond it."""
    with pytest.raises(IndexError):
        encoded_list([index])


def test_suspension_and_revocation_reach_the_offline_verifier(world: World) -> None:
    """From the served and signed lists alone."""
    credential, other = issued(), issued("PR-TEST-0002")
    assert any("no revocation" in line for line in checked(credential))
    suspend_credential(credential.pk, reason=StatusReason.OBJECTION, by=SOFTWARE)
    with pytest.raises(Refused, match="suspended"):
        checked(credential)
    reinstate_credential(credential.pk, by=SOFTWARE)
    assert checked(credential)
    revoke_credential(credential.pk, reason=StatusReason.CANCELLED, by=SOFTWARE)
    with pytest.raises(Refused, match="revoked"):
        checked(credential)
    assert checked(other)


def test_lists_are_kept_for_a_while(world: World) -> None:
    """Cacheable, with a digest, and asked again without being sent again."""
    path = f"/credentials/status/{issued().issuer}/revocation/1"
    answer = Client().get(path)
    assert answer["Content-Type"] == "application/vc"
    assert "max-age=300" in answer["Cache-Control"]
    assert "public" in answer["Cache-Control"]
    again = Client().get(path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    ["did:key:z6Mk/revocation/1", "{}/revocation/2", "{}/renewal/1", "did:web:a/revocation/1"],
)
def test_there_are_no_other_lists(path: str, world: World) -> None:
    """Nothing is signed for whoever makes an address up."""
    assert Client().get("/credentials/status/" + path.format(issued().issuer)).status_code == 404


def test_what_an_old_key_signed_stays_verifiable(world: World) -> None:
    """After two rotations: document, status and the page; new ones bear the new key."""
    old = issued()
    rotate_signing_key(by=SOFTWARE)
    rotate_signing_key(by=SOFTWARE)
    new = issued("PR-TEST-0002")
    assert len({key.public_key for key in SigningKey.objects.all()}) == 3
    assert new.key.retired_at is None
    for credential in (old, new):
        assert check_document(json.loads(bytes_of(credential))).valid
        assert checked(credential)
    with pytest.raises(Refused):
        verify.check_certificate(bytes_of(old), trust=Trust({old.issuer: (bytes(32),)}))
    kinds = ["credentials.signing_key_created", "credentials.signing_key_retired"]
    assert [Entry.objects.filter(kind=kind).count() for kind in kinds] == [3, 2]


def test_a_centre_with_a_domain_is_found_at_it(world: World, settings: Any) -> None:
    """did:web: the document lists every key, the retired too, and proofs name them."""
    settings.CENTRE_DOMAIN, settings.SECURE_SSL_REDIRECT = "centre.example.org:8443", True
    settings.ALLOWED_HOSTS = ["testserver"]
    first = issued()
    rotate_signing_key(by=SOFTWARE)
    second = issued("PR-TEST-0002")
    assert first.issuer == second.issuer == "did:web:centre.example.org%3A8443"
    answer = Client().get("/.well-known/did.json", secure=True)
    found = answer.json()
    assert found["id"] == first.issuer
    keys = {method["id"]: method["publicKeyMultibase"] for method in found["verificationMethod"]}
    assert list(keys) == found["assertionMethod"]
    for credential in (first, second):
        named = document_of(credential)["proof"]["verificationMethod"]
        assert keys[named] == multikey(credential.key.public_key)
        assert check_document(document_of(credential)).valid


@pytest.mark.parametrize(
    ("domain", "secure"),
    [
        ("localhost:8000", True),
        ("127.0.0.1", True),
        ("centre", True),
        ("centre.example.org", False),
    ],
)
def test_without_a_domain_there_is_no_did_web(
    domain: str, secure: bool, world: World, settings: Any
) -> None:
    """The key itself is the name."""
    settings.CENTRE_DOMAIN, settings.SECURE_SSL_REDIRECT = domain, secure
    credential = issued()
    assert credential.issuer == f"did:key:{multikey(credential.key.public_key)}"
    assert Client().get("/.well-known/did.json", secure=secure).status_code == 404


def test_earlier_certificates_still_hold(world: World) -> None:
    """Signed before Data Integrity proofs: the same answers at each door."""
    key = current_key(by=SOFTWARE)
    document = {
        "kind": "right",
        "number": "PR-OLD-0001",
        "issuer": "The centre",
        "valid_from": "2026-01-01",
        "valid_until": "2099-12-31",
        "claims": {"rights": ["use"]},
    }
    credential = Credential.objects.create(
        kind=CredentialKind.RIGHT,
        subject="certificate:old",
        number="PR-OLD-0001",
        document=document,
        digest=digest_of(document),
        key=key,
        signature=sign(key, signed_bytes(document)).hex(),
        valid_from=date(2026, 1, 1),
        valid_until=date(2099, 12, 31),
    )
    assert credential.suite == Suite.EARLIER
    given_away = json.loads(bytes_of(credential))
    assert given_away["proof"] == earlier_proof(
        public_key=key.public_key, signature=credential.signature
    )
    assert check_document(given_away).valid
    assert not check_document({**given_away, "claims": {"rights": ["operate"]}}).valid
    for page in ("", "sheet/"):
        assert "use" in Client().get(f"/credentials/{credential.pk}/{page}").content.decode()


def test_the_sheet_leads_back(world: World) -> None:
    """It says what the paper is not, and carries a code without style or script."""
    credential = issued()
    page = Client().get(f"/credentials/{credential.pk}/sheet/").content.decode()
    assert "Pre-registration" in page
    assert 'class="qr-code"' in page
    assert f"/credentials/{credential.pk}/" in page
    assert "Name of the data" in page
    assert "Invented table" in page


def test_keys_are_looked_after_by_commands(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """Made once, put in the place of another, retired; a dry run changes nothing."""
    with pytest.raises(CommandError, match="no signing key"):
        call_command("signing_keys", "retire")
    call_command("signing_keys", "create")
    call_command("signing_keys", "create")
    first = SigningKey.objects.get()
    call_command("signing_keys", "rotate", "--dry-run")
    assert SigningKey.objects.count() == 1
    call_command("signing_keys", "rotate")
    call_command("signing_keys", "retire")
    capsys.readouterr()
    call_command("signing_keys", "list")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == ["retired", "retired"]
    assert lines[0].split()[0] == multikey(first.public_key)
    with pytest.raises(NotAllowed):
        rotate_signing_key(by=world.actor("administrator"))
