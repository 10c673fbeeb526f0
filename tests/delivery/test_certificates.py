"""The certificate of a delivery: signed by the centre once acknowledged, checked without it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from marketplace.core.errors import NotAllowed, WrongState
from marketplace.credentials.models import Credential
from marketplace.credentials.presentation import sheet_sections
from marketplace.credentials.selectors import claims_of
from marketplace.delivery.certificate.services import certify_delivery
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import open_download
from marketplace.ledger.verifier import verify
from marketplace.trading.listings.publication.services import suspend_listing
from marketplace.trading.orders.delivery.services import accept_delivery
from tests.given import delivery as given
from tests.given import trading
from tests.given.world import World


def accepted(world: World) -> Grant:
    """Let a buyer download and accept."""
    grant = given.granted(world)
    for piece in open_download(grant.pk, byte_range=None, by=world.actor("buyer")).pieces():
        assert piece
    accept_delivery(grant.order_id, by=world.actor("buyer"))
    return Grant.objects.get(pk=grant.pk)


def test_it_says_what_was_delivered_and_acknowledged(world: World, page_of: Any) -> None:
    """To whom, which bytes under which contract; once, and both sides find it."""
    grant = accepted(world)
    certified = certify_delivery(grant.pk, is_silent=False, by=trading.SYSTEM)
    certificate = certified.certificate
    assert certificate is not None
    claims = claims_of(certificate)
    assert claims["sha256"] == grant.sha256
    assert claims["contract_sha256"] == grant.order.contract.digest
    assert claims["acknowledged_by"] == "buyer"
    assert claims["buyer"]["uscc"] == grant.organization.uscc
    assert claims["downloads"] == 1
    data = Client().get(f"/credentials/{certificate.pk}.json").content
    lists = [
        Client().get("/" + entry["statusListCredential"].split("/", 3)[3]).content
        for entry in json.loads(data)["credentialStatus"]
    ]
    trust = verify.Trust({certificate.issuer: (bytes.fromhex(certificate.key.public_key),)})
    assert verify.check_certificate(data, trust=trust, status_lists=lists).lines
    changed = data.replace(b'"buyer"', b'"silence"', 1)
    with pytest.raises(verify.Refused):
        verify.check_certificate(changed, trust=trust, status_lists=lists)
    again = certify_delivery(grant.pk, is_silent=True, by=trading.SYSTEM)
    assert again.certificate_id == certificate.pk
    for person in ("buyer", "officer"):
        page = page_of(person).get(reverse("grant_detail", args=[grant.pk]))
        assert certificate.number in page.content.decode()


def test_every_field_has_a_label_in_both_languages(world: World) -> None:
    """Of the delivery and of the proofs that its listing rests on."""
    grant = accepted(world)
    certify_delivery(grant.pk, is_silent=False, by=trading.SYSTEM)
    kinds = set()
    for credential in Credential.objects.all():
        kinds.add(credential.kind)
        labels = [label for part in sheet_sections(credential) for label, _value in part.facts]
        with translation.override("zh-hans"):
            parts = sheet_sections(credential)
        assert [label for label in labels if label[0].islower()] == []
        words = [part.title for part in parts] + [
            label for each in parts for label, _ in each.facts
        ]
        assert [word for word in words if word.isascii()] == []
    assert kinds == {"risk", "right", "appraisal", "delivery"}
    pages = Client(headers={"accept-language": "zh-hans"})
    for name in ("credential_detail", "credential_sheet"):
        page = pages.get(reverse(name, args=[Credential.objects.get(kind="delivery").pk]))
        assert "合同的 SHA-256" in page.content.decode()
        assert grant.organization.uscc in page.content.decode()


def test_who_may_certify_and_when(world: World) -> None:
    """The centre's software, after the acceptance."""
    grant = given.granted(world)
    with pytest.raises(WrongState):
        certify_delivery(grant.pk, is_silent=False, by=trading.SYSTEM)
    with pytest.raises(NotAllowed):
        certify_delivery(grant.pk, is_silent=False, by=world.actor("reviewer"))
    assert not Credential.objects.filter(kind="delivery").exists()


def test_a_suspension_is_in_sight(world: World, page_of: Any) -> None:
    """On the grant's page of both sides."""
    grant = given.granted(world)
    suspend_listing(grant.listing_id, reason="A check.", by=world.actor("officer"))
    for person in ("buyer", "officer"):
        page = page_of(person).get(reverse("grant_detail", args=[grant.pk]))
        assert "The listing is suspended" in page.content.decode()
