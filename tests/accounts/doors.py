"""The acts of accounts and their doors."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from marketplace.accounts.services import (
    IssuedInvitation,
    accept_invitation,
    create_token,
    deactivate_person,
    invite_person,
    suspend_organization,
)
from marketplace.core.actor import NOBODY
from tests.given.doors import DoorCase, Send, Things
from tests.given.world import PASSWORD, World, code


def nothing(world: World) -> Things:
    """Need nothing."""
    return {}


def pending(world: World) -> Things:
    """Return an organization that waits."""
    return {"pk": world.organization("pending").pk}


def company(world: World) -> Things:
    """Return a verified organization."""
    return {"pk": world.organization("buyer").pk}


def suspended(world: World) -> Things:
    """Return a suspended organization."""
    organization = suspend_organization(
        world.organization("buyer").pk, reason="Fees unpaid", by=world.actor("administrator")
    )
    return {"pk": organization.pk}


def bureau(world: World) -> Things:
    """Return the seller's organization."""
    return {"pk": world.organization("officer").pk}


def invited(world: World) -> Things:
    """Return the secret of an open invitation."""
    return {"secret": _invited(world).secret}


def invitation(world: World) -> Things:
    """Return an open invitation of the seller's organization."""
    return {"pk": _invited(world).invitation.pk}


def joined(world: World) -> Things:
    """Return an invitation that was accepted."""
    issued = _invited(world)
    accept_invitation(secret=issued.secret, name="Nina", password=PASSWORD, by=NOBODY)
    return {"pk": issued.invitation.pk}


def departed(world: World) -> Things:
    """Return a deactivated person of the seller's organization."""
    return {"pk": deactivate_person(world.person("colleague").pk, by=world.actor("officer")).pk}


def _invited(world: World) -> IssuedInvitation:
    return invite_person(
        world.organization("officer").pk,
        email="newcomer@example.org",
        roles=frozenset({"officer"}),
        by=world.actor("officer"),
    )


def colleague(world: World) -> Things:
    """Return a person of the seller's organization."""
    return {"pk": world.person("colleague").pk}


def token(world: World) -> Things:
    """Return a token of the officer."""
    return {"pk": create_token(name="export", days=30, by=world.actor("officer")).token.pk}


def application(things: Things) -> dict[str, object]:
    """Return what an applicant writes."""
    return {
        "name": "Newcomer Ltd",
        "kind": "company",
        "uscc": code("newcomer"),
        "contact": "3 Office Street",
        "person_name": "Nora Newcomer",
        "email": "nora@example.org",
        "password": PASSWORD,
        "roles": ["buyer"],
    }


def to(route: str, data: dict[str, object] | None = None) -> Callable[[Things], Send]:
    """Return a sender to a route whose arguments are the things."""

    def send(things: Things) -> Send:
        return Send(reverse(route, kwargs=things), dict(data or {}))

    return send


CASES = [
    DoorCase(
        act="accounts.services.apply_organization",
        given=nothing,
        actor="",
        page=lambda things: Send(reverse("organization_apply"), application(things)),
        api=lambda things: Send(reverse("api_apply_organization"), application(things)),
        fact="accounts.organization_applied",
        only="Anybody may apply.",
    ),
    DoorCase(
        act="accounts.services.verify_organization",
        given=pending,
        actor="administrator",
        page=to("organization_verify"),
        api=to("api_verify_organization"),
        fact="accounts.organization_verified",
        admin=("admin:accounts_organization_changelist", "verify"),
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=suspended,
    ),
    DoorCase(
        act="accounts.services.refuse_organization",
        given=pending,
        actor="administrator",
        page=to("organization_refuse", {"reason": "The code is another company's."}),
        api=to("api_refuse_organization", {"reason": "The code is another company's."}),
        fact="accounts.organization_refused",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=company,
    ),
    DoorCase(
        act="accounts.services.suspend_organization",
        given=company,
        actor="administrator",
        page=to("organization_suspend", {"reason": "Fees unpaid"}),
        api=to("api_suspend_organization", {"reason": "Fees unpaid"}),
        fact="accounts.organization_suspended",
        not_allowed="stranger",
        not_visible="",
        wrong_state=pending,
    ),
    DoorCase(
        act="accounts.services.reinstate_organization",
        given=suspended,
        actor="administrator",
        page=to("organization_reinstate"),
        api=to("api_reinstate_organization"),
        fact="accounts.organization_reinstated",
        admin=("admin:accounts_organization_changelist", "reinstate"),
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=pending,
    ),
    DoorCase(
        act="accounts.services.invite_person",
        given=bureau,
        actor="officer",
        page=to("person_invite", {"email": "new@example.org", "roles": ["officer"]}),
        api=to("api_invite_person", {"email": "new@example.org", "roles": ["officer"]}),
        fact="accounts.person_invited",
        not_allowed="buyer",
        again="told-once",
        only="A second invitation is a new one: its secret is told once and not kept.",
    ),
    DoorCase(
        act="accounts.services.accept_invitation",
        given=invited,
        actor="",
        page=to("invitation_accept", {"name": "Nina", "password": PASSWORD}),
        api=lambda things: Send(
            reverse("api_accept_invitation"), {**things, "name": "Nina", "password": PASSWORD}
        ),
        fact="accounts.invitation_accepted",
        only="Whoever holds the secret may.",
    ),
    DoorCase(
        act="accounts.services.withdraw_invitation",
        given=invitation,
        actor="officer",
        page=to("invitation_withdraw"),
        api=to("api_withdraw_invitation"),
        fact="accounts.invitation_withdrawn",
        admin=("admin:accounts_invitation_changelist", "withdraw"),
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=joined,
        again="already",
    ),
    DoorCase(
        act="accounts.services.deactivate_person",
        given=colleague,
        actor="officer",
        page=to("person_deactivate"),
        api=to("api_deactivate_person"),
        fact="accounts.person_deactivated",
        admin=("admin:accounts_person_changelist", "deactivate"),
        not_allowed="reviewer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounts.services.reactivate_person",
        given=departed,
        actor="officer",
        page=to("person_reactivate"),
        api=to("api_reactivate_person"),
        fact="accounts.person_reactivated",
        admin=("admin:accounts_person_changelist", "reactivate"),
        not_allowed="reviewer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounts.services.set_roles",
        given=colleague,
        actor="officer",
        page=to("person_roles", {"roles": ["officer", "finance"]}),
        api=to("api_set_roles", {"roles": ["officer", "finance"]}),
        fact="accounts.roles_changed",
        not_allowed="colleague",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounts.identity.services.record_identity",
        given=colleague,
        actor="administrator",
        page=to("person_identity", {"document": "passport", "number": "E1234567"}),
        api=to("api_record_identity", {"document": "passport", "number": "E1234567"}),
        fact="accounts.identity_recorded",
        not_allowed="officer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounts.services.create_token",
        given=nothing,
        actor="officer",
        page=to("account_tokens", {"name": "export", "days": 30}),
        api=to("api_create_token", {"name": "export", "days": 30}),
        fact="accounts.token_created",
        not_allowed="pending",
        again="told-once",
    ),
    DoorCase(
        act="accounts.services.revoke_token",
        given=token,
        actor="officer",
        page=to("token_revoke"),
        api=to("api_revoke_token"),
        fact="accounts.token_revoked",
        admin=("admin:accounts_token_changelist", "revoke"),
        not_visible="stranger",
        again="already",
        only="Nobody sees a token but its owner and the administrator, who may revoke it.",
    ),
]
