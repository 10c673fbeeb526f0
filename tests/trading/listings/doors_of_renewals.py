"""The doors of a listing's renewal, and of who is invited to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.given import renewals
from tests.given import trading as given
from tests.given.doors import DoorCase, Send, Things
from tests.given.world import World
from tests.trading.sending import key_of, to

CHECKLIST = {"checklist": list(given.LISTING_CHECKLIST)}
UNTIL = {"on_sale_until": "2099-12-31"}
REASON = {"reason": "Say why it is sold on."}


def by_invitation(world: World) -> Things:
    """Return a listing for guests, the code of one who is none yet, and the key of one who is."""
    return {
        "pk": renewals.by_invitation(world).pk,
        "code": world.organization("stranger").uscc,
        "guest": world.organization("buyer").pk,
    }


def public(world: World) -> Things:
    """Return a public listing with the same people."""
    return {
        "pk": given.published(world).pk,
        "code": world.organization("stranger").uscc,
        "guest": world.organization("buyer").pk,
    }


def invite(route: str, *, as_list: bool) -> Callable[[Things], Send]:
    """Return a sender of an invitation."""

    def send(things: Things) -> Send:
        sent: Any = [things["code"]] if as_list else things["code"]
        return Send(reverse(route, args=[things["pk"]]), {"invited": sent})

    return send


def take_back(route: str) -> Callable[[Things], Send]:
    """Return a sender that takes an invitation back."""
    return lambda things: Send(
        reverse(route, args=[things["pk"]]), {"organization": str(things["guest"])}
    )


CASES = [
    DoorCase(
        act="trading.listings.renewal.services.renew_listing",
        given=key_of(given.published),
        actor="officer",
        page=to("listing_renew", UNTIL),
        api=to("api_renew_listing", UNTIL),
        fact="trading.renewal_submitted",
        not_allowed="auditor",
        wrong_state=key_of(given.withdrawn),
    ),
    DoorCase(
        act="trading.listings.renewal.services.approve_renewal",
        given=key_of(renewals.waiting),
        actor="reviewer",
        page=to("renewal_approve", CHECKLIST),
        api=to("api_approve_renewal", CHECKLIST),
        fact="trading.listing_renewed",
        not_allowed="officer",
        wrong_state=key_of(given.published),
    ),
    DoorCase(
        act="trading.listings.renewal.services.return_renewal",
        given=key_of(renewals.waiting),
        actor="reviewer",
        page=to("renewal_return", REASON),
        api=to("api_return_renewal", REASON),
        fact="trading.renewal_returned",
        not_allowed="officer",
        wrong_state=key_of(renewals.renewed),
    ),
    DoorCase(
        act="trading.listings.listing.services.invite_to_listing",
        given=by_invitation,
        actor="officer",
        page=invite("listing_invite", as_list=False),
        api=invite("api_invite_to_listing", as_list=True),
        fact="trading.organizations_invited",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=public,
        again="already",
    ),
    DoorCase(
        act="trading.listings.listing.services.take_invitation_back",
        given=by_invitation,
        actor="officer",
        page=take_back("invitation_take_back"),
        api=take_back("api_take_invitation_back"),
        fact="trading.invitation_taken_back",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=public,
        again="already",
    ),
]
