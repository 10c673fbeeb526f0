"""The acts of accounts and their doors."""

from __future__ import annotations

from datetime import timedelta

from marketplace.accounts.invitation.services import accept_invitation, invite_person
from marketplace.accounts.member.services import deactivate_person, make_owner
from marketplace.accounts.models import Invitation, Person
from marketplace.accounts.organization.services import refuse_organization, suspend_organization
from marketplace.accounts.person.letters import PROOF_LIFE, signed_address
from marketplace.accounts.proposal.services import withdraw_change
from marketplace.accounts.token.services import create_token
from marketplace.core import clock
from marketplace.core.actor import NOBODY
from marketplace.core.scopes import EVERY
from tests.accounts.doors_of_settings import CASES as SETTINGS
from tests.given.doors import DoorCase, Things, to
from tests.given.letters import proved, secret_of, sent_long_ago
from tests.given.two import changed, proposed
from tests.given.world import EXAMINATION, PASSWORD, World, code, documented, examined


def nothing(world: World) -> Things:
    """Need nothing."""
    return {}


def pending(world: World) -> Things:
    """Return an organization that waits, whose first person has proved their address."""
    proved(world.person("pending"))
    return {"pk": world.organization("pending").pk}


def documented_one(world: World) -> Things:
    """Return an organization that waits, with every document attached."""
    return {"pk": documented(pending(world)["pk"]).pk}


def examined_one(world: World) -> Things:
    """Return an organization whose documents were examined."""
    return {"pk": examined(pending(world)["pk"]).pk}


def unproved(world: World) -> Things:
    """Return what proves the address of who applied."""
    person = world.person("pending")
    return {"signed": signed_address(person, until=clock.now() + PROOF_LIFE)}


def asked_long_ago(world: World) -> Things:
    """Let the link be asked for so long ago that it may be asked for again."""
    long_ago = clock.now() - timedelta(hours=1)
    Person.objects.filter(email="pending@example.org").update(address_asked_at=long_ago)
    return {}


def proved_already(world: World) -> Things:
    """Return who has proved their address."""
    proved(world.person("pending"))
    return {}


def company(world: World) -> Things:
    """Return a verified organization."""
    return {"pk": world.organization("buyer").pk}


def suspended(world: World) -> Things:
    """Return a suspended organization."""
    organization = suspend_organization(
        world.organization("buyer").pk, reason="Fees unpaid", by=world.actor("administrator")
    )
    return {"pk": organization.pk}


def refused(world: World) -> Things:
    """Return an organization that was refused, whose first person has proved their address."""
    pk = pending(world)["pk"]
    return {"pk": refuse_organization(pk, reason="Unknown.", by=world.actor("administrator")).pk}


def clerk(world: World) -> Things:
    """Return a person of the buyer's organization who does not own it."""
    return {"pk": world.person("second_buyer").pk}


def second_owner_of_company(world: World) -> Things:
    """Return the same person as an owner."""
    make_owner(world.person("second_buyer").pk, by=world.actor("buyer"))
    return clerk(world)


def bureau(world: World) -> Things:
    """Return the seller's organization."""
    return {"pk": world.organization("officer").pk}


def invited(world: World) -> Things:
    """Return the secret of an open invitation."""
    return {"secret": secret_of(_invited(world))}


def invitation(world: World) -> Things:
    """Return an open invitation of the seller's organization that was sent long ago."""
    return {"pk": sent_long_ago(_invited(world)).pk}


def joined(world: World) -> Things:
    """Return an invitation that was accepted."""
    invitation = _invited(world)
    secret = secret_of(invitation)
    accept_invitation(secret=secret, name="Nina", password=PASSWORD, by=NOBODY)
    return {"pk": invitation.pk}


def departed(world: World) -> Things:
    """Return a deactivated person of the seller's organization."""
    return {"pk": deactivate_person(world.person("colleague").pk, by=world.actor("officer")).pk}


def _invited(world: World) -> Invitation:
    return invite_person(
        world.organization("officer").pk,
        email="newcomer@example.org",
        roles=frozenset({"officer"}),
        by=world.actor("officer"),
    )


def colleague(world: World) -> Things:
    """Return a person of the seller's organization."""
    return {"pk": world.person("colleague").pk}


PROPOSED: dict[str, object] = {"kind": "appoint-owner", "reason": "Resolution of 3 March"}
OWNER_PROPOSED: dict[str, object] = {"email": "new@example.org", "reason": "Resolution of 3 March"}


def second_owner(world: World) -> Things:
    """Return a colleague who is an owner already."""
    return {"pk": make_owner(world.person("colleague").pk, by=world.actor("officer")).pk}


def beside_a_second_owner(world: World) -> Things:
    """Return an owner beside whom there is another."""
    second_owner(world)
    return {"pk": world.person("officer").pk}


def last_owner(world: World) -> Things:
    """Return the only owner of an organization."""
    return {"pk": world.person("officer").pk}


def change(world: World) -> Things:
    """Return a change of people that waits for a second administrator."""
    return {"pk": proposed(world, "colleague", "reset-factors").pk}


def withdrawn_change(world: World) -> Things:
    """Return a change that was taken back."""
    return {"pk": withdraw_change(change(world)["pk"], by=world.actor("administrator")).pk}


def done_change(world: World) -> Things:
    """Return a change that took effect."""
    return {"pk": changed(world, "colleague", "reset-factors").pk}


def token(world: World) -> Things:
    """Return a token of the officer."""
    return {
        "pk": create_token(name="export", days=30, scopes=EVERY, by=world.actor("officer")).token.pk
    }


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


JOINING: dict[str, object] = {"name": "Nina", "password": PASSWORD}
CORRECTED: dict[str, object] = {
    "name": "Corrected Data Ltd",
    "uscc": code("pending"),
    "contact": "2 New Street, Exampletown",
}

CASES = [
    *SETTINGS,
    DoorCase(
        act="accounts.organization.services.apply_organization",
        given=nothing,
        actor="",
        page=to("organization_apply", application),
        api=to("api_apply_organization", application),
        fact="accounts.organization_applied",
        scope="",
        only="Anybody may apply.",
    ),
    DoorCase(
        act="accounts.person.services.prove_address",
        given=unproved,
        actor="",
        page=to("address_prove"),
        api=to("api_prove_address", lambda things: things),
        fact="accounts.address_proved",
        scope="",
        again="already",
        only="Whoever reads the mailbox may.",
    ),
    DoorCase(
        act="accounts.person.services.ask_for_address_proof",
        given=asked_long_ago,
        actor="pending",
        page=to("address_ask"),
        api=to("api_ask_for_address_proof"),
        fact="accounts.address_proof_asked",
        scope="administer",
        wrong_state=proved_already,
        only="Everybody may, of their own address.",
    ),
    DoorCase(
        act="accounts.organization.services.examine_organization",
        given=documented_one,
        actor="administrator",
        page=to("organization_examine", EXAMINATION),
        api=to("api_examine_organization", EXAMINATION),
        fact="accounts.organization_examined",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=suspended,
        again="new",
        only="Examined again, it is another examination.",
    ),
    DoorCase(
        act="accounts.organization.services.verify_organization",
        given=examined_one,
        actor="administrator",
        page=to("organization_verify"),
        api=to("api_verify_organization"),
        fact="accounts.organization_verified",
        scope="administer",
        admin=("admin:accounts_organization_changelist", "verify"),
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=suspended,
    ),
    DoorCase(
        act="accounts.organization.services.refuse_organization",
        given=pending,
        actor="administrator",
        page=to("organization_refuse", {"reason": "The code is another company's."}),
        api=to("api_refuse_organization", {"reason": "The code is another company's."}),
        fact="accounts.organization_refused",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=company,
    ),
    DoorCase(
        act="accounts.organization.services.reapply_organization",
        given=refused,
        actor="pending",
        page=to("organization_reapply", CORRECTED),
        api=to("api_reapply_organization", CORRECTED),
        fact="accounts.organization_reapplied",
        scope="administer",
        not_allowed="administrator",
        not_visible="stranger",
        wrong_state=pending,
    ),
    DoorCase(
        act="accounts.organization.services.suspend_organization",
        given=company,
        actor="administrator",
        page=to("organization_suspend", {"reason": "Fees unpaid"}),
        api=to("api_suspend_organization", {"reason": "Fees unpaid"}),
        fact="accounts.organization_suspended",
        scope="administer",
        not_allowed="stranger",
        not_visible="",
        wrong_state=pending,
    ),
    DoorCase(
        act="accounts.organization.services.reinstate_organization",
        given=suspended,
        actor="administrator",
        page=to("organization_reinstate"),
        api=to("api_reinstate_organization"),
        fact="accounts.organization_reinstated",
        scope="administer",
        admin=("admin:accounts_organization_changelist", "reinstate"),
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=pending,
    ),
    DoorCase(
        act="accounts.invitation.services.invite_person",
        given=bureau,
        actor="officer",
        page=to("person_invite", {"email": "new@example.org", "roles": ["officer"]}),
        api=to("api_invite_person", {"email": "new@example.org", "roles": ["officer"]}),
        fact="accounts.person_invited",
        scope="administer",
        not_allowed="buyer",
        again="new",
        only="A second invitation is a new one, with a link of its own.",
    ),
    DoorCase(
        act="accounts.invitation.services.accept_invitation",
        given=invited,
        actor="",
        page=to("invitation_accept", JOINING),
        api=to("api_accept_invitation", lambda things: things | JOINING),
        fact="accounts.invitation_accepted",
        scope="",
        only="Whoever holds the secret may.",
    ),
    DoorCase(
        act="accounts.invitation.services.resend_invitation",
        given=invitation,
        actor="officer",
        page=to("invitation_resend"),
        api=to("api_resend_invitation"),
        fact="accounts.invitation_resent",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=joined,
        again="new",
        only="Sent again once more, it has another link.",
    ),
    DoorCase(
        act="accounts.invitation.services.withdraw_invitation",
        given=invitation,
        actor="officer",
        page=to("invitation_withdraw"),
        api=to("api_withdraw_invitation"),
        fact="accounts.invitation_withdrawn",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=joined,
        again="already",
    ),
    DoorCase(
        act="accounts.member.services.deactivate_person",
        given=colleague,
        actor="officer",
        page=to("person_deactivate"),
        api=to("api_deactivate_person"),
        fact="accounts.person_deactivated",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounts.member.services.reactivate_person",
        given=departed,
        actor="officer",
        page=to("person_reactivate"),
        api=to("api_reactivate_person"),
        fact="accounts.person_reactivated",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounts.member.services.set_roles",
        given=colleague,
        actor="officer",
        page=to("person_roles", {"roles": ["officer", "finance"]}),
        api=to("api_set_roles", {"roles": ["officer", "finance"]}),
        fact="accounts.roles_changed",
        scope="administer",
        not_allowed="colleague",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounts.limit.services.set_signing_limit",
        given=clerk,
        actor="buyer",
        page=to("person_signing_limit", {"limit": "5000.00"}),
        api=to("api_set_signing_limit", {"limit": "5000.00"}),
        fact="accounts.signing_limit_set",
        scope="administer",
        not_allowed="second_buyer",
        not_visible="stranger",
        wrong_state=second_owner_of_company,
        again="already",
    ),
    DoorCase(
        act="accounts.identity.services.record_identity",
        given=colleague,
        actor="administrator",
        page=to("person_identity", {"document": "passport", "number": "E1234567"}),
        api=to("api_record_identity", {"document": "passport", "number": "E1234567"}),
        fact="accounts.identity_recorded",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounts.member.services.make_owner",
        given=colleague,
        actor="officer",
        page=to("person_make_owner"),
        api=to("api_make_owner"),
        fact="accounts.owner_appointed",
        scope="administer",
        not_allowed="colleague",
        not_visible="stranger",
        wrong_state=second_owner,
    ),
    DoorCase(
        act="accounts.member.services.step_down",
        given=beside_a_second_owner,
        actor="officer",
        page=to("person_step_down"),
        api=to("api_step_down"),
        fact="accounts.owner_removed",
        scope="administer",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=last_owner,
    ),
    DoorCase(
        act="accounts.proposal.services.propose_change",
        given=colleague,
        actor="administrator",
        page=to("person_propose", PROPOSED),
        api=to("api_propose_change", PROPOSED),
        fact="accounts.change_proposed",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=departed,
        again="already",
    ),
    DoorCase(
        act="accounts.proposal.services.propose_invitation",
        given=company,
        actor="administrator",
        page=to("organization_propose", OWNER_PROPOSED),
        api=to("api_propose_invitation", OWNER_PROPOSED),
        fact="accounts.change_proposed",
        scope="administer",
        not_allowed="buyer",
        wrong_state=pending,
        again="new",
        only="A second one is proposed on its own.",
    ),
    DoorCase(
        act="accounts.proposal.services.approve_change",
        given=change,
        actor="second_administrator",
        page=to("change_approve"),
        api=to("api_approve_change"),
        fact="accounts.change_approved",
        scope="administer",
        not_allowed="administrator",
        not_visible="stranger",
        wrong_state=withdrawn_change,
    ),
    DoorCase(
        act="accounts.proposal.services.refuse_change",
        given=change,
        actor="second_administrator",
        page=to("change_refuse", {"reason": "The letter is not signed."}),
        api=to("api_refuse_change", {"reason": "The letter is not signed."}),
        fact="accounts.change_refused",
        scope="administer",
        not_allowed="administrator",
        not_visible="stranger",
        wrong_state=withdrawn_change,
    ),
    DoorCase(
        act="accounts.proposal.services.withdraw_change",
        given=change,
        actor="administrator",
        page=to("change_withdraw"),
        api=to("api_withdraw_change"),
        fact="accounts.change_withdrawn",
        scope="administer",
        not_allowed="second_administrator",
        not_visible="stranger",
        wrong_state=done_change,
        again="already",
    ),
    DoorCase(
        act="accounts.token.services.create_token",
        given=nothing,
        actor="officer",
        page=to("account_tokens", {"name": "export", "days": 30, "scopes": ["read"]}),
        api=to("api_create_token", {"name": "export", "days": 30, "scopes": ["read"]}),
        fact="accounts.token_created",
        scope="administer",
        not_allowed="pending",
        again="told-once",
    ),
    DoorCase(
        act="accounts.token.services.set_token_policy",
        given=bureau,
        actor="officer",
        page=to("organization_token_policy", {"scopes": ["read"], "days": 30}),
        api=to("api_set_token_policy", {"scopes": ["read"], "days": 30}),
        fact="accounts.token_policy_set",
        scope="administer",
        not_allowed="buyer",
        again="already",
        only="Everybody who is signed in sees a verified organization.",
    ),
    DoorCase(
        act="accounts.token.services.revoke_token",
        given=token,
        actor="officer",
        page=to("token_revoke"),
        api=to("api_revoke_token"),
        fact="accounts.token_revoked",
        scope="administer",
        admin=("admin:accounts_token_changelist", "revoke"),
        not_visible="stranger",
        again="already",
        only="Nobody sees a token but its owner and the administrator, who may revoke it.",
    ),
]
