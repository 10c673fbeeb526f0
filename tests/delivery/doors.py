"""The acts of delivery and their doors; downloads are read by GET and have tests of their own."""

from __future__ import annotations

from django.urls import reverse

from tests.given import delivery as given
from tests.given.doors import DoorCase, Send, Things
from tests.given.world import World

REASON = {"reason": "Used against the contract."}


def granted(world: World) -> Things:
    """Answer a grant that is open."""
    return {"pk": given.granted(world).pk}


def revoked(world: World) -> Things:
    """Answer a grant that was taken back."""
    return {"pk": given.revoked(world).pk}


CASES = [
    DoorCase(
        act="delivery.services.grants.revoke_grant",
        given=granted,
        actor="reviewer",
        page=lambda things: Send(reverse("grant_revoke", kwargs=things), REASON),
        api=lambda things: Send(reverse("api_revoke_grant", kwargs=things), REASON),
        fact="delivery.grant_revoked",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=revoked,
    )
]
