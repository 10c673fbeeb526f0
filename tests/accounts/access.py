"""Who is answered what at the addresses of accounts."""

from __future__ import annotations

from tests.accounts import doors, doors_of_settings
from tests.given.access import SIGN_IN, Access
from tests.given.world import World


def buyers(world: World) -> dict[str, object]:
    """Return the buyer's organization."""
    return {"pk": world.organization("buyer").pk}


def newcomer(world: World) -> dict[str, object]:
    """Return an organization that only the centre and its own people see."""
    return {"pk": world.organization("pending").pk}


ROWS = [
    *doors_of_settings.ROWS,
    Access("api_check_sender", 401, 204, 204, 204),
    Access("organization_apply", 200, 200, 200, 200, is_page=True),
    Access("organization_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access(
        "organization_detail", SIGN_IN, 404, 200, 200, newcomer, as_party="pending", is_page=True
    ),
    Access("organization_examine", 405, 405, 405, 405, newcomer),
    Access("organization_verify", 405, 405, 405, 405, newcomer),
    Access("organization_refuse", 405, 405, 405, 405, newcomer),
    Access("organization_reapply", 405, 405, 405, 405, newcomer),
    Access("organization_suspend", 405, 405, 405, 405, newcomer),
    Access("organization_reinstate", 405, 405, 405, 405, newcomer),
    Access("person_invite", 405, 405, 405, 405, buyers),
    Access("organization_token_policy", 405, 405, 405, 405, buyers),
    Access("invitation_accept", 200, 200, 200, 200, doors.invited, is_page=True),
    Access("address_prove", 200, 200, 200, 200, lambda world: {"signed": "none"}, is_page=True),
    Access("address_ask", 405, 405, 405, 405),
    Access("invitation_resend", 405, 405, 405, 405, doors.invitation),
    Access("invitation_withdraw", 405, 405, 405, 405, doors.invitation),
    Access("person_deactivate", 405, 405, 405, 405, doors.colleague),
    Access("person_reactivate", 405, 405, 405, 405, doors.colleague),
    Access("person_make_owner", 405, 405, 405, 405, doors.colleague),
    Access("person_step_down", 405, 405, 405, 405, doors.colleague),
    Access("person_propose", SIGN_IN, 404, 200, 200, doors.colleague, is_page=True),
    Access("organization_propose", SIGN_IN, 200, 200, 200, buyers, is_page=True),
    Access("change_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("change_detail", SIGN_IN, 404, 200, 200, doors.change, is_page=True),
    Access("change_approve", 405, 405, 405, 405, doors.change),
    Access("change_refuse", 405, 405, 405, 405, doors.change),
    Access("change_withdraw", 405, 405, 405, 405, doors.change),
    Access("set_language", 405, 405, 405, 405),
    Access("person_roles", SIGN_IN, 404, 200, 200, doors.colleague, is_page=True),
    Access("person_identity", 405, 405, 405, 405, doors.colleague),
    Access("person_signing_limit", 405, 405, 405, 405, doors.clerk),
    Access("account_tokens", SIGN_IN, 200, 200, 200, is_page=True),
    Access("token_revoke", 405, 405, 405, 405, doors.token),
    Access("api_list_organizations", 401, 200, 200, 200),
    Access("api_apply_organization", 405, 405, 405, 405),
    Access("api_get_organization", 401, 404, 200, 200, newcomer, as_party="pending"),
    Access("api_examine_organization", 401, 405, 405, 405, newcomer),
    Access("api_verify_organization", 401, 405, 405, 405, newcomer),
    Access("api_refuse_organization", 401, 405, 405, 405, newcomer),
    Access("api_reapply_organization", 401, 405, 405, 405, newcomer),
    Access("api_suspend_organization", 401, 405, 405, 405, newcomer),
    Access("api_reinstate_organization", 401, 405, 405, 405, newcomer),
    Access("api_invite_person", 401, 405, 405, 405, buyers),
    Access("api_set_token_policy", 401, 405, 405, 405, buyers),
    Access("api_accept_invitation", 405, 405, 405, 405),
    Access("api_list_invitations", 401, 200, 200, 200),
    Access("api_prove_address", 405, 405, 405, 405),
    Access("api_ask_for_address_proof", 401, 405, 405, 405),
    Access("api_resend_invitation", 401, 405, 405, 405, doors.invitation),
    Access("api_withdraw_invitation", 401, 405, 405, 405, doors.invitation),
    Access("api_deactivate_person", 401, 405, 405, 405, doors.colleague),
    Access("api_reactivate_person", 401, 405, 405, 405, doors.colleague),
    Access("api_make_owner", 401, 405, 405, 405, doors.colleague),
    Access("api_step_down", 401, 405, 405, 405, doors.colleague),
    Access("api_propose_change", 401, 405, 405, 405, doors.colleague),
    Access("api_propose_invitation", 401, 405, 405, 405, buyers),
    Access("api_list_change_proposals", 401, 200, 200, 200),
    Access("api_get_change_proposal", 401, 404, 200, 200, doors.change),
    Access("api_approve_change", 401, 405, 405, 405, doors.change),
    Access("api_refuse_change", 401, 405, 405, 405, doors.change),
    Access("api_withdraw_change", 401, 405, 405, 405, doors.change),
    Access("api_list_people", 401, 200, 200, 200),
    Access("api_get_person", 401, 404, 200, 200, doors.colleague),
    Access("api_set_roles", 401, 405, 405, 405, doors.colleague),
    Access("api_record_identity", 401, 405, 405, 405, doors.colleague),
    Access("api_set_signing_limit", 401, 405, 405, 405, doors.clerk),
    Access("api_get_invitation", 401, 404, 200, 200, doors.invitation),
    Access("api_get_token", 401, 404, 200, 404, doors.token),
    Access("api_list_tokens", 401, 200, 200, 200),
    Access("api_create_token", 401, 405, 405, 405),
    Access("api_revoke_token", 401, 405, 405, 405, doors.token),
]

SCOPES = {
    "administer": {
        *doors_of_settings.SCOPES,
        "api_approve_change",
        "api_ask_for_address_proof",
        "api_create_token",
        "api_deactivate_person",
        "api_examine_organization",
        "api_invite_person",
        "api_make_owner",
        "api_propose_change",
        "api_propose_invitation",
        "api_reactivate_person",
        "api_reapply_organization",
        "api_record_identity",
        "api_refuse_change",
        "api_refuse_organization",
        "api_reinstate_organization",
        "api_resend_invitation",
        "api_revoke_token",
        "api_set_roles",
        "api_set_signing_limit",
        "api_set_token_policy",
        "api_step_down",
        "api_suspend_organization",
        "api_verify_organization",
        "api_withdraw_change",
        "api_withdraw_invitation",
    },
    "any": {"api_check_sender"},
}
"""The scope that a token needs, of each address that is not just read."""
