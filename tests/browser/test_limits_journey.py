"""A founder invites by mail and gives a limit; a clerk orders above it, a colleague approves.

Both sides then sign with passkeys of their own, and anybody reads the mandate without the centre.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser

from marketplace.accounts.models import Invitation
from marketplace.ledger.verifier import verify
from tests.browser.authenticator import register, with_authenticator
from tests.browser.visitor import Visitor, leave_by
from tests.given import trading as given
from tests.given.letters import secret_of
from tests.given.pipeline import catch_up
from tests.given.world import PASSWORD, World

pytestmark = pytest.mark.browser
CLERK = "clerk@example.org"


def looked_at(visitor: Visitor, name: str) -> None:
    """Look at a page on a desk and on a phone, in both languages."""
    visitor.look(name)
    visitor.look_in_chinese(name)


def invited_by_mail(browser: Browser, site: str, founder: Visitor, world: World) -> Visitor:
    """Let the founder invite a clerk, who follows the link in their mailbox; return the clerk."""
    founder.page.goto(f"/organizations/{world.organization('buyer').pk}/")
    founder.fill({"email": CLERK})
    founder.page.locator("input[name='roles'][value='buyer']").check()
    founder.press("Invite")
    secret = secret_of(Invitation.objects.get(email=CLERK))
    stranger = Visitor(browser, site, "nobody@example.org")
    stranger.page.context.clear_cookies()
    stranger.page.goto(f"/invitations/{secret}/")
    stranger.fill({"name": "Lin Clerk", "password": PASSWORD})
    leave_by(stranger.page.get_by_role("main").get_by_role("button").first)
    return Visitor(browser, site, CLERK, signs_in_by_form=True)


def limited(founder: Visitor, world: World) -> None:
    """Let the founder set the clerk's limit on their page."""
    founder.page.goto(f"/people/{world.person('clerk').pk}/roles/")
    founder.sees("No owner has set a limit for Lin Clerk")
    founder.fill({"limit": "5000.00"})
    founder.press("Set the limit")
    founder.sees("signs alone for up to 5,000.00 CNY")
    looked_at(founder, "person-limit")


def signed(visitor: Visitor) -> None:
    """Sign the text on the page with a passkey."""
    visitor.press("Sign with a passkey")
    visitor.sees("Signed with a passkey")


def test_a_clerk_orders_above_the_limit(
    browser: Browser, site: str, settings: LazySettings, tmp_path: Path, everyone: World
) -> None:
    """From the invitation to the document that names everybody's mandate."""
    settings.CENTRE_DOMAIN = site.partition("://")[2]
    listing = given.published(everyone)
    founder = Visitor(browser, site, "buyer@example.org")
    clerk = with_authenticator(invited_by_mail(browser, site, founder, everyone))
    limited(founder, everyone)
    register(clerk)
    clerk.page.goto(f"/market/{listing.pk}/")
    clerk.follow("Order this")
    clerk.fill({"purpose": "Pricing of insurance."})
    clerk.press("Place the order")
    officer = with_authenticator(Visitor(browser, site, "officer@example.org"))
    register(officer)
    officer.go_to("Orders")
    officer.follow(listing.title)
    officer.press_and_confirm("Accept the order")
    officer.sees("Sign with a passkey")
    signed(officer)
    clerk.page.reload()
    clerk.follow("Contract")
    clerk.sees("binds your organization to 12,000.00 CNY in all")
    clerk.sees("you sign alone for up to 5,000.00 CNY")
    looked_at(clerk, "contract-above-limit")
    clerk.press("Ask for approval")
    clerk.sees("Waiting for a second person")
    catch_up()
    founder.go_to("My desk")
    founder.follow("Approve that a colleague signs")
    founder.sees("Lin Clerk")
    looked_at(founder, "approval")
    founder.press_and_confirm("Approve")
    founder.sees("Approved")
    clerk.page.reload()
    clerk.follow("To the contract")
    signed(clerk)
    clerk.sees("Lin Clerk, Buyer")
    clerk.sees("Approved by Buyer, an owner, on")
    looked_at(clerk, "contract-mandates")
    path = tmp_path / "contract.json"
    clerk.download("Signed document").save_as(path)
    lines = verify.check_certificate(path.read_bytes()).lines
    assert "For the buyer signed “Lin Clerk”, in the function of buyer." in lines
    assert any("approved by Buyer at" in line for line in lines)
    assert founder.problems == clerk.problems == officer.problems == []
