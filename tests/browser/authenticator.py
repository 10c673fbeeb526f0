"""A browser with an authenticator, and the passkey that its person registers."""

from __future__ import annotations

from tests.browser.visitor import Visitor, leave_by
from tests.given.world import PASSWORD


def with_authenticator(visitor: Visitor) -> Visitor:
    """Give a browser an authenticator that verifies its holder."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return visitor


def register(visitor: Visitor) -> None:
    """Register a passkey on the page of the second factors."""
    visitor.page.goto("/account/2fa/webauthn/add/")
    if visitor.page.locator("input[name='password']").count():
        visitor.fill({"password": PASSWORD})
        leave_by(visitor.page.get_by_role("main").get_by_role("button").first)
    visitor.fill({"name": "My laptop"})
    visitor.press("Add")
    visitor.page.wait_for_url("**/account/2fa/recovery-codes/**")
