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
    # Whoever is verified is seen by all, and so suspended; an applicant is not.
    Access("organization_suspend", 405, 405, 405, 405, newcomer),
    Access("api_suspend_organization", 401, 405, 405, 405, newcomer),
    Access("invitation_accept", 200, 200, 200, 200, doors.invited, is_page=True),
    Access("address_prove", 200, 200, 200, 200, lambda world: {"signed": "none"}, is_page=True),
    Access("person_propose", SIGN_IN, 404, 200, 200, doors.colleague, is_page=True),
    Access("organization_propose", SIGN_IN, 200, 200, 200, buyers, is_page=True),
    Access("change_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("change_detail", SIGN_IN, 404, 200, 200, doors.change, is_page=True),
    Access("set_language", 405, 405, 405, 405),
    Access("person_roles", SIGN_IN, 404, 200, 200, doors.colleague, is_page=True),
    Access("account_tokens", SIGN_IN, 200, 200, 200, is_page=True),
    Access("api_list_organizations", 401, 200, 200, 200),
    Access("api_apply_organization", 405, 405, 405, 405),
    Access("api_get_organization", 401, 404, 200, 200, newcomer, as_party="pending"),
    Access("api_accept_invitation", 405, 405, 405, 405),
    Access("api_list_invitations", 401, 200, 200, 200),
    Access("api_prove_address", 405, 405, 405, 405),
    Access("api_list_change_proposals", 401, 200, 200, 200),
    Access("api_get_change_proposal", 401, 404, 200, 200, doors.change),
    Access("api_list_people", 401, 200, 200, 200),
    Access("api_get_person", 401, 404, 200, 200, doors.colleague),
    Access("api_get_invitation", 401, 404, 200, 200, doors.invitation),
    Access("api_get_token", 401, 404, 200, 404, doors.token),
    Access("api_list_tokens", 401, 200, 200, 200),
]

SCOPES = {
    "any": {"api_check_sender"},
}
"""The scope that a token needs, of each address beside acts that is not just read."""
