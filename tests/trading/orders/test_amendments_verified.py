"""Anybody checks a contract with its amendments, without the centre."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from marketplace.credentials.selectors import public_keys
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import REFUSED, UNKNOWN, VERIFIED, Refused, Trust
from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.amendment.selectors import amendment_document
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.selectors import contract_document
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.services import sign_amendment
from tests.conftest import ApiClients, PageClients
from tests.given import amendments
from tests.given import trading as given
from tests.given.passkeys import SoftwareKey
from tests.given.world import World


def trust() -> Trust:
    """Trust the centre's own key."""
    document = Contract.objects.get().document
    assert document is not None
    keys = tuple(bytes.fromhex(key) for key in public_keys())
    return Trust({document["issuer"]["id"]: keys})


def amended_twice(world: World) -> tuple[bytes, list[bytes]]:
    """Return a contract's document, and those of its two amendments."""
    order = given.completed(world)
    for changes in ({"licence_months": 24}, {"audit": "report", "licence_months": 36}):
        amendments.in_force(world, amendments.proposed(world, order, **changes))
    contract = Contract.objects.get()
    found = Amendment.objects.order_by("number")
    return contract_document(contract), [amendment_document(each) for each in found]


def test_contract_and_amendments_go_on_from_each_other(world: World) -> None:
    """Each change is told, and at the end the terms that hold."""
    contract, amended = amended_twice(world)
    outcome = verify.check_amended(contract, amended, trust=trust())
    assert outcome.code == VERIFIED, outcome.lines
    assert 'It changes audit: "yearly" becomes "report".' in outcome.lines
    held = outcome.lines[-1].partition(" hold: ")[2]
    assert json.loads(held) == Order.objects.get().terms
    assert verify.check_amended(contract, amended).code == UNKNOWN
    assert verify.check_amended(contract, amended[:1], trust=trust()).code == VERIFIED


def test_a_missing_or_foreign_amendment_is_refused(world: World) -> None:
    """Left out, swapped, or of another contract."""
    contract, amended = amended_twice(world)
    for given_files in ([amended[1]], amended[::-1]):
        with pytest.raises(Refused, match="is missing, or the amendments are not in their order"):
            verify.check_amended(contract, given_files, trust=trust())
    with pytest.raises(Refused, match="is no contract"):
        verify.check_amended(amended[0], amended, trust=trust())
    with pytest.raises(Refused, match="is no amendment"):
        verify.check_amended(contract, [contract], trust=trust())


def test_one_altered_byte_is_refused(world: World) -> None:
    """Wherever it stands in an amendment; every 61st byte is tried."""
    amendments.in_force(world)
    document, believed = amendment_document(Amendment.objects.get()), trust()
    for place in range(0, len(document), 61):
        altered = document[:place] + bytes([document[place] ^ 1]) + document[place + 1 :]
        with pytest.raises(Refused):
            verify.check_certificate(altered, trust=believed)


def test_both_sign_with_passkeys(world: World) -> None:
    """Over the amendment's digest and id; a signature on the contract is none on it."""
    amendment = amendments.proposed(world)
    seller = SoftwareKey().registered(world, "officer")
    buyer = SoftwareKey(credential_id=b"another credential").registered(world, "buyer")
    for person, side, key in (("officer", "seller", seller), ("buyer", "buyer", buyer)):
        amendment = sign_amendment(
            amendment.pk,
            digest=amendment.digest,
            assertion=key.over(amendment, side),
            by=world.actor(person),
        )
    fingerprints = frozenset(
        verify.passkey_fingerprint(each.evidence["public_key"])
        for each in AmendmentSignature.objects.all()
    )
    believed = Trust(trust().issuers, passkeys=fingerprints)
    assert verify.check_certificate(amendment_document(amendment), trust=believed).code == VERIFIED


def test_not_even_the_centre_can_alter_it(world: World) -> None:
    """With the centre's own key left aside, each part that was signed is still held."""
    amendments.in_force(world)
    whole = amendment_document(Amendment.objects.get())

    def refused(alter: Callable[[dict[str, Any]], Any]) -> str:
        document = json.loads(whole)
        alter(document["credentialSubject"])
        with pytest.raises(Refused) as reason:
            verify.check_contract(document, "the centre", verify.NOBODY, verify.Outcome())
        return str(reason.value)

    def text(said: dict[str, Any]) -> None:
        said["text"] = said["text"].replace("24 months", "60 months")

    def terms(said: dict[str, Any]) -> None:
        said["agreed"]["terms"]["licence_months"] = 60

    def one_side(said: dict[str, Any]) -> None:
        said["signatures"].pop()

    assert "text of the amendment was altered" in refused(text)
    assert "not what the text ends by naming" in refused(terms)
    assert "one signature of the seller and one of the buyer" in refused(one_side)


def test_the_command_line_takes_them_in_order(world: World, tmp_path: Path, capsys: Any) -> None:
    """`verify.py contract.json amendment-1.json amendment-2.json`."""
    contract, amended = amended_twice(world)
    names = []
    for number, data in enumerate([contract, *amended]):
        path = tmp_path / f"{number}.json"
        path.write_bytes(data)
        names.append(str(path))
    assert verify.main(names) == UNKNOWN
    assert "With 2 amendments these terms hold" in capsys.readouterr().out
    assert verify.main([names[0], names[2]]) == REFUSED
    assert verify.main([names[1], names[2], names[0]]) == REFUSED
    assert verify.main(names[1:2]) == UNKNOWN


def test_both_sides_get_the_same_document(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """By the page and the API; none before both have signed."""
    amendment = amendments.proposed(world)
    address = reverse("amendment_file", args=[amendment.pk])
    assert page_of("buyer").get(address).status_code == 409
    file_address = reverse("api_get_amendment_file", args=[amendment.pk])
    assert api_of("buyer").get(file_address).status_code == 409
    amendments.in_force(world, amendment)
    files = [page_of(person).get(address).content for person in ("officer", "buyer", "auditor")]
    assert len(set(files)) == 1
    api = api_of("buyer").get(reverse("api_get_amendment_document", args=[amendment.pk])).json()
    assert verify.canonical(api["document"]) == files[0]
    assert api_of("officer").get(file_address).content == files[0]
    listed = (
        api_of("officer").get(reverse("api_list_amendments", args=[amendment.contract_id])).json()
    )
    assert [each["state"] for each in listed["results"]] == ["in_force"]
