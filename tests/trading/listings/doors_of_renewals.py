"""The doors of a listing's renewal, and of who is invited to it."""

from __future__ import annotations

from tests.given import renewals
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World
from tests.trading.sending import key_of

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


def guest(things: Things) -> dict[str, str]:
    """Name the guest whose invitation is taken back."""
    return {"organization": str(things["guest"])}


CASES = [
    DoorCase(
        act="trading.listings.renewal.services.renew_listing",
        given=key_of(given.published),
        actor="officer",
        page=to("listing_renew", UNTIL),
        api=to("api_renew_listing", UNTIL),
        fact="trading.renewal_submitted",
        scope="trade",
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
        scope="administer",
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
        scope="administer",
        not_allowed="officer",
        wrong_state=key_of(renewals.renewed),
    ),
    DoorCase(
        act="trading.listings.listing.services.invite_to_listing",
        given=by_invitation,
        actor="officer",
        page=to("listing_invite", lambda things: {"invited": things["code"]}),
        api=to("api_invite_to_listing", lambda things: {"invited": [things["code"]]}),
        fact="trading.organizations_invited",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=public,
        again="already",
    ),
    DoorCase(
        act="trading.listings.listing.services.take_invitation_back",
        given=by_invitation,
        actor="officer",
        page=to("invitation_take_back", guest),
        api=to("api_take_invitation_back", guest),
        fact="trading.invitation_taken_back",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=public,
        again="already",
    ),
]
