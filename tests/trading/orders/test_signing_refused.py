"""Signatures by passkey that are refused, and nothing is signed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from marketplace.accounts.organization.services import suspend_organization
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.trading.orders.contract.models import Contract, Signature
from marketplace.trading.orders.negotiation.services import cancel_order
from marketplace.trading.orders.signature.evidence import challenge_for
from marketplace.trading.orders.signature.services import sign_contract
from tests.conftest import PageClients
from tests.given import trading as given
from tests.given.by_owner import altered
from tests.given.passkeys import PRESENT, SoftwareKey
from tests.given.world import PASSWORD, World

OTHER_ID = b"another credential"


def refusal(world: World, contract: Contract, assertion: Any, *, person: str = "buyer") -> str:
    """Return the code by which an assertion is refused, and see that nothing was signed."""
    before = Signature.objects.count()
    with pytest.raises(Invalid) as refused:
        sign_contract(
            contract.pk, digest=contract.digest, assertion=assertion, by=world.actor(person)
        )
    assert Signature.objects.count() == before
    return refused.value.code


def test_what_a_passkey_did_not_sign_is_refused(world: World) -> None:
    """Another digest, contract, side, place, page, kind; nobody present, nobody verified."""
    contract = given.contracted(world)
    key = SoftwareKey().registered(world, "buyer")
    other = challenge_for("0" * 64, contract.pk, "buyer")
    wrong = [
        key.assertion(other),
        key.assertion(challenge_for(contract.digest, contract.order_id, "buyer")),
        key.over(contract, "seller"),
        key.over(contract, "buyer", origin="https://evil.example"),
        key.over(contract, "buyer", rp_id="evil.example"),
        key.over(contract, "buyer", crossOrigin=True),
        key.over(contract, "buyer", type="webauthn.create"),
        key.over(contract, "buyer", flags=0),
        key.over(contract, "buyer", flags=PRESENT),
        replace(key.over(contract, "buyer"), signature="AAAA"),
        replace(key.over(contract, "buyer"), client_data="not base64url!"),
        replace(key.over(contract, "buyer"), authenticator_data="AA"),
    ]
    assert {refusal(world, contract, each) for each in wrong} == {"passkey-refused"}
    assert Contract.objects.get().buyer_signed_at is None


def test_another_persons_passkey_is_refused(world: World) -> None:
    """Of a colleague, of the other side, and one that nobody registered."""
    contract = given.contracted(world)
    colleague = SoftwareKey().registered(world, "second_buyer")
    officer = SoftwareKey(credential_id=OTHER_ID).registered(world, "officer")
    for key in (colleague, officer, SoftwareKey(credential_id=b"unknown")):
        assert refusal(world, contract, key.over(contract, "buyer")) == "passkey-unknown"
    # The id of one's own passkey does not help where the key is another.
    SoftwareKey(credential_id=b"own").registered(world, "buyer")
    forged = SoftwareKey(credential_id=b"own").over(contract, "buyer")
    assert refusal(world, contract, forged) == "passkey-refused"


def test_a_signature_counts_once_and_for_one_contract(world: World) -> None:
    """Sent again it changes nothing; for another contract it is refused."""
    contract = given.contracted(world)
    key = SoftwareKey().registered(world, "buyer")
    signed = key.over(contract, "buyer")
    by = world.actor("buyer")
    for _time in range(2):
        sign_contract(contract.pk, digest=contract.digest, assertion=signed, by=by)
    assert Signature.objects.count() == 1
    again = given.accepted(world, given.placed(world, contract.order.listing)).contract
    assert refusal(world, again, signed) == "passkey-refused"


def test_whoever_may_not_sign_is_refused_with_a_passkey_too(world: World) -> None:
    """An auditor, a buyer of a suspended organization, and after the order was cancelled."""
    contract = given.contracted(world)
    auditor = SoftwareKey().registered(world, "auditor")
    with pytest.raises(NotAllowed):
        sign_contract(
            contract.pk,
            digest=contract.digest,
            assertion=auditor.over(contract, "buyer"),
            by=world.actor("auditor"),
        )
    key = SoftwareKey(credential_id=OTHER_ID).registered(world, "buyer")
    company = world.organization("buyer")
    suspend_organization(company.pk, reason="Under review.", by=world.actor("administrator"))
    # Who acts for nobody sees no contract.
    with pytest.raises(NotFound):
        sign_contract(
            contract.pk,
            digest=contract.digest,
            assertion=key.over(contract, "buyer"),
            by=world.actor("buyer"),
        )
    cancel_order(contract.order_id, by=world.actor("officer"))
    seller = SoftwareKey(credential_id=b"seller").registered(world, "officer")
    with pytest.raises(WrongState):
        sign_contract(
            contract.pk,
            digest=contract.digest,
            assertion=seller.over(contract, "seller"),
            by=world.actor("officer"),
        )
    assert not Signature.objects.exists()


def test_a_contract_of_an_earlier_form(world: World, page_of: PageClients) -> None:
    """What awaited signatures before texts named their terms as data is void, and says so."""
    contract = given.contracted(world)
    # As contracts were kept then; no act makes them so any more.
    altered(Contract.objects.all(), agreed={})
    with pytest.raises(WrongState) as refused:
        sign_contract(
            contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("buyer")
        )
    assert refused.value.code == "contract-form-outdated"
    page = page_of("buyer").get(reverse("contract_detail", args=[contract.pk])).content.decode()
    assert "Cancel the order and order again" in page
    assert "Accept the contract" not in page
    cancel_order(contract.order_id, by=world.actor("buyer"))
