"""What names the centre's address works at the one it is served at, whatever its port."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.conf import LazySettings
from django.urls import reverse
from playwright.sync_api import Browser, expect

from marketplace.core.actor import Actor, Door
from marketplace.credentials.models import Credential, CredentialKind
from marketplace.credentials.services import issue_credential
from marketplace.credentials.views import qr_code
from tests.browser.authenticator import register, with_authenticator
from tests.browser.visitor import Visitor
from tests.given.shelf import alone
from tests.given.world import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def printed(site: str, settings: LazySettings) -> str:
    """Return the address of the site, by which the centre goes; it has a port of its own."""
    settings.CENTRE_DOMAIN = site.partition("://")[2]
    assert settings.CENTRE_DOMAIN not in ("localhost", "localhost:8000")
    return site


def certificate() -> Credential:
    """Issue a certificate."""
    with alone():
        return issue_credential(
            kind=CredentialKind.RIGHT,
            subject="certificate:test",
            number="PR-TEST-0001",
            claims={"rights": ["hold", "use"], "data": {"name": "Invented table"}},
            valid_from=date(2026, 1, 1),
            valid_until=date(2099, 12, 31),
            by=Actor.system(Door.COMMAND),
        )


def test_a_passkey_is_registered_and_signs_in(browser: Browser, printed: str) -> None:
    """As the second factor, after the password, which alone opens nothing."""
    visitor = with_authenticator(Visitor(browser, printed, "officer@example.org"))
    register(visitor)
    page = visitor.page
    page.context.clear_cookies()
    page.goto("/account/login/")
    visitor.fill({"login": "officer@example.org", "password": PASSWORD})
    visitor.press("Sign in")
    page.wait_for_url("**/account/2fa/authenticate/")
    page.goto("/desk/")
    expect(page).to_have_url(re.compile("/account/2fa/authenticate/"))
    visitor.press("Use a security key")
    page.wait_for_url("**/desk/")
    assert visitor.problems == []


def test_a_certificate_leads_back(browser: Browser, printed: str) -> None:
    """Its QR code to its page, and what it says of its status to the list."""
    given = certificate()
    page = browser.new_context(base_url=printed, locale="en-GB").new_page()
    page.goto(reverse("credential_sheet", args=[given.pk]))
    address = printed + reverse("credential_detail", args=[given.pk])
    drawn = page.locator("svg.qr-code path").last.get_attribute("d")
    assert f' d="{drawn}"' in qr_code(address, title="")
    page.goto(address)
    expect(page.get_by_text("PR-TEST-0001").first).to_be_visible()
    for entry in given.document["credentialStatus"]:
        answer = page.request.get(entry["statusListCredential"])
        assert answer.status == 200
        told = json.loads(answer.body())
        assert told["id"] == entry["statusListCredential"]
        assert told["credentialSubject"]["statusPurpose"] == entry["statusPurpose"]
