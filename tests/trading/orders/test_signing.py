"""Signatures on contracts: by passkey, or before the centre as a witness."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from django.db import connection
from django.db.utils import DatabaseError
from django.db.utils import Error as AnyError
from django.urls import reverse

from marketplace.core.errors import Invalid
from marketplace.credentials.selectors import public_keys
from marketplace.ledger.models import Entry
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import REFUSED, UNKNOWN, VERIFIED, Refused, Trust
from marketplace.trading.orders.contract.models import Contract, Signature
from marketplace.trading.orders.contract.selectors import contract_document
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.evidence import challenge_for, evidence_digest
from marketplace.trading.orders.signature.services import sign_contract
from tests.conftest import ApiClients, PageClients
from tests.given import trading as given
from tests.given.passkeys import SoftwareKey, challenge_of
from tests.given.world import PASSWORD, World

OTHER_ID = b"another credential"


def concluded(world: World) -> tuple[Contract, SoftwareKey, SoftwareKey]:
    """Let both sides sign with a passkey of their own."""
    contract = given.contracted(world)
    seller = SoftwareKey().registered(world, "officer")
    buyer = SoftwareKey(credential_id=OTHER_ID).registered(world, "buyer")
    for person, side, key in (("officer", "seller", seller), ("buyer", "buyer", buyer)):
        contract = sign_contract(
            contract.pk,
            digest=contract.digest,
            assertion=key.over(contract, side),
            by=world.actor(person),
        )
    return contract, seller, buyer


def issuers() -> dict[str, tuple[bytes, ...]]:
    """Trust the centre's own key."""
    keys = tuple(bytes.fromhex(key) for key in public_keys())
    document = Contract.objects.get().document
    assert document is not None
    return {document["issuer"]["id"]: keys}


def test_both_sign_with_passkeys_and_anybody_can_check(world: World) -> None:
    """The document holds for whoever trusts both passkeys, and is unknown to whoever does not."""
    contract, _seller, _buyer = concluded(world)
    assert contract.is_signed
    assert Order.objects.get().state == "signed"
    document = contract_document(contract)
    assert verify.check_certificate(document).code == UNKNOWN
    fingerprints = frozenset(
        verify.passkey_fingerprint(each.evidence["public_key"]) for each in Signature.objects.all()
    )
    trust = Trust(issuers(), passkeys=fingerprints, origins=("http://localhost:8000",))
    outcome = verify.check_certificate(document, trust=trust)
    assert outcome.code == VERIFIED, outcome.lines
    assert sum("The centre has not the key" in line for line in outcome.lines) == 2
    stranger = Trust(issuers(), passkeys=frozenset({"0" * 64}))
    with pytest.raises(Refused, match="a passkey that you do not trust"):
        verify.check_certificate(document, trust=stranger)
    elsewhere = replace(trust, origins=("https://centre.example",))
    with pytest.raises(Refused, match="which you do not trust"):
        verify.check_certificate(document, trust=elsewhere)
    payloads = [entry.payload for entry in Entry.objects.filter(kind="trading.contract_signed")]
    kept = [evidence_digest(each.evidence) for each in Signature.objects.order_by("signed_at")]
    assert [payload["evidence_sha256"] for payload in payloads] == kept


def test_one_altered_byte_is_refused(world: World) -> None:
    """Wherever it stands in the document; every 37th byte is tried."""
    contract, _seller, _buyer = concluded(world)
    document = contract_document(contract)
    trust = Trust(issuers())
    for place in range(0, len(document), 37):
        altered = document[:place] + bytes([document[place] ^ 1]) + document[place + 1 :]
        with pytest.raises(Refused):
            verify.check_certificate(altered, trust=trust)


def test_not_even_the_centre_can_alter_it(world: World) -> None:
    """With the centre's own key left aside, each part that a passkey signed is still held."""
    contract, _seller, _buyer = concluded(world)
    assert contract.document is not None
    whole = json.dumps(contract.document)

    def refused(alter: Callable[[dict[str, Any]], Any]) -> str:
        document = json.loads(whole)
        alter(document["credentialSubject"])
        with pytest.raises(Refused) as reason:
            verify.check_contract(document, "the centre", verify.NOBODY, verify.Outcome())
        return str(reason.value)

    def text(said: dict[str, Any]) -> None:
        said["text"] = said["text"].replace("12,000.00", "99,000.00")

    def price(said: dict[str, Any]) -> None:
        said["agreed"]["price"] = "99000.00"

    def swapped(said: dict[str, Any]) -> None:
        first, second = said["signatures"]
        first["side"], second["side"] = second["side"], first["side"]

    def counter(said: dict[str, Any]) -> None:
        said["signatures"][0]["authenticator_data"] = said["signatures"][0]["authenticator_data"][
            :-2
        ] + ("AA")

    def twice(said: dict[str, Any]) -> None:
        said["signatures"][1] = said["signatures"][0]

    assert "text of the contract was altered" in refused(text)
    assert "not what the text ends by naming" in refused(price)
    assert "not this text for this side" in refused(swapped)
    assert "does not fit" in refused(counter)
    assert "one signature of the seller and one of the buyer" in refused(twice)


@pytest.mark.parametrize(
    "make",
    [
        ed25519.Ed25519PrivateKey.generate,
        lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048),
    ],
    ids=["EdDSA", "RS256"],
)
def test_other_kinds_of_keys(world: World, make: Callable[[], Any]) -> None:
    """As authenticators make them, besides ES256."""
    contract = given.contracted(world)
    key = SoftwareKey(make()).registered(world, "buyer")
    by = world.actor("buyer")
    sign_contract(contract.pk, digest=contract.digest, assertion=key.over(contract, "buyer"), by=by)
    assert Signature.objects.get().kind == "passkey"


def test_the_challenge_is_as_documented(world: World) -> None:
    """Computed apart from the centre's code."""
    contract = given.contracted(world)
    for side in ("seller", "buyer"):
        wanted = challenge_of(contract.digest, contract.pk, side)
        assert challenge_for(contract.digest, contract.pk, side) == wanted


def test_a_witnessed_acceptance_says_that_it_is_one(world: World) -> None:
    """The centre signs what it saw; the verifier names it so, and refuses a changed statement."""
    contract = given.contracted(world)
    with pytest.raises(Invalid) as refused:
        sign_contract(
            contract.pk, digest=contract.digest, password="wrong", by=world.actor("buyer")
        )
    assert refused.value.code == "password-wrong"
    for person in ("buyer", "officer"):
        contract = sign_contract(
            contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor(person)
        )
    document, trust = contract_document(contract), Trust(issuers())
    outcome = verify.check_certificate(document, trust=trust)
    assert outcome.code == VERIFIED
    witnessed = [line for line in outcome.lines if "Acceptance witnessed by the centre" in line]
    assert len(witnessed) == 2
    assert all("password given anew" in line for line in witnessed)
    assert verify.check_certificate(document).code == UNKNOWN
    assert contract.document is not None
    altered = json.loads(json.dumps(contract.document))
    altered["credentialSubject"]["signatures"][0]["person"] = str(contract.pk)
    with pytest.raises(Refused, match="about another acceptance"):
        verify.check_contract(altered, "x", trust, verify.Outcome())


def test_one_side_by_passkey_the_other_witnessed(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Through the page and the API; both read how each signed, and get the same document."""
    contract = given.contracted(world)
    key = SoftwareKey().registered(world, "officer")
    assertion = key.over(contract, "seller")
    body = {"digest": contract.digest, "assertion": assertion.__dict__}
    sent = api_of("officer").post(
        reverse("api_sign_contract", args=[contract.pk]), body, format="json"
    )
    assert sent.status_code == 200, sent.content
    assert [each["kind"] for each in sent.json()["signatures"]] == ["passkey"]
    waiting = page_of("officer").get(reverse("contract_file", args=[contract.pk]))
    assert waiting.status_code == 409
    file_address = reverse("api_get_contract_file", args=[contract.pk])
    assert api_of("officer").get(file_address).status_code == 409
    page = page_of("buyer").post(
        reverse("contract_sign", args=[contract.pk]),
        {"digest": contract.digest, "read": "on", "password": PASSWORD},
        follow=True,
    )
    read = page.content.decode()
    assert "Acceptance witnessed by the centre" in read
    seller = Signature.objects.get(side="seller")
    assert verify.passkey_fingerprint(seller.evidence["public_key"]) in read
    files = [
        page_of(person).get(reverse("contract_file", args=[contract.pk])).content
        for person in ("officer", "buyer")
    ]
    assert files[0] == files[1]
    verify.check_certificate(files[0])
    api = api_of("buyer").get(reverse("api_get_contract_document", args=[contract.pk])).json()
    assert verify.canonical(api["document"]) == files[0]
    assert api_of("buyer").get(file_address).content == files[0]


def test_the_page_signs_with_a_passkey(world: World, page_of: PageClients) -> None:
    """What the script fills in; and a wrong password signs nothing."""
    contract = given.contracted(world)
    key = SoftwareKey().registered(world, "buyer")
    address = reverse("contract_detail", args=[contract.pk])
    page = page_of("buyer").get(address).content.decode()
    assert f'data-challenge="{challenge_for(contract.digest, contract.pk, "buyer")}"' in page
    wrong = page_of("buyer").post(
        reverse("contract_sign", args=[contract.pk]),
        {"digest": contract.digest, "read": "on", "password": "wrong"},
    )
    assert wrong.status_code == 422
    assert "This is not your password" in wrong.content.decode()
    assertion = key.over(contract, "buyer")
    sent = page_of("buyer").post(
        reverse("contract_sign_by_passkey", args=[contract.pk]),
        {"digest": contract.digest, **assertion.__dict__},
    )
    assert sent.status_code == 302
    assert Signature.objects.get().kind == "passkey"


@pytest.mark.parametrize(
    "statement", ["UPDATE orders_signature SET side = 'seller'", "DELETE FROM orders_signature"]
)
def test_signatures_only_grow(world: World, statement: str) -> None:
    """The database itself refuses a change."""
    given.signed_by_seller(world)
    with pytest.raises((DatabaseError, AnyError)), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_command_line_tells(world: World, tmp_path: Any, capsys: Any) -> None:
    """`verify.py contract.json`: not established without trust, refused when altered."""
    contract, _seller, _buyer = concluded(world)
    path = tmp_path / "contract.json"
    path.write_bytes(contract_document(contract))
    assert verify.main([str(path)]) == UNKNOWN
    path.write_bytes(contract_document(contract).replace(b"12000.00", b"12000.01"))
    assert verify.main([str(path)]) == REFUSED
    assert "REFUSED" in capsys.readouterr().out
