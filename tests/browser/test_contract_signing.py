"""Both sides register a passkey and sign a contract with it, in a browser with an authenticator."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser

from marketplace.credentials.selectors import public_keys
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import REFUSED, VERIFIED, Trust
from marketplace.trading.orders.contract.models import Contract, Signature
from tests.browser.authenticator import register, with_authenticator
from tests.browser.visitor import Visitor
from tests.given import trading as given
from tests.given.world import PASSWORD, World

pytestmark = pytest.mark.browser


def test_both_sides_sign_with_passkeys(
    browser: Browser,
    site: str,
    settings: LazySettings,
    tmp_path: Path,
) -> None:
    """Each in a browser of their own; the document then holds without the centre."""
    settings.CENTRE_DOMAIN = site.partition("://")[2]
    contract = given.contracted(World())
    address = f"/contracts/{contract.pk}/"
    for person in ("officer", "buyer"):
        visitor = with_authenticator(Visitor(browser, site, f"{person}@example.org"))
        register(visitor)
        visitor.page.goto(address)
        visitor.look(f"contract-{person}")
        visitor.press("Sign with a passkey")
        visitor.sees("Signed with a passkey")
        assert visitor.problems == []
    visitor.look("contract-signed")
    path = tmp_path / "contract.json"
    visitor.download("Signed document").save_as(path)
    whole = path.read_bytes()
    document = Contract.objects.get().document
    assert document is not None
    issuer = document["issuer"]["id"]
    fingerprints = frozenset(
        verify.passkey_fingerprint(each.evidence["public_key"]) for each in Signature.objects.all()
    )
    trust = Trust(
        {issuer: tuple(bytes.fromhex(key) for key in public_keys())},
        passkeys=fingerprints,
        origins=(site,),
    )
    assert verify.check_certificate(whole, trust=trust).code == VERIFIED
    path.write_bytes(whole[:4000] + bytes([whole[4000] ^ 1]) + whole[4001:])
    assert verify.main([str(path)]) == REFUSED


def test_without_scripts_the_witnessed_way_stands(browser: Browser, site: str) -> None:
    """The passkey's button does not show; the password signs."""
    contract = given.contracted(World())
    visitor = Visitor(browser, site, "buyer@example.org", scripts=False)
    visitor.page.goto(f"/contracts/{contract.pk}/")
    visitor.page.locator("input[name='read']").check()
    visitor.fill({"password": PASSWORD})
    visitor.press("Accept the contract")
    visitor.sees("Acceptance witnessed by the centre,")
