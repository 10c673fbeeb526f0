"""The acts on relabelled columns and their doors."""

from __future__ import annotations

from tests.given import relabelled as herds
from tests.given.doors import DoorCase, Things, to
from tests.given.relabelled import policy_in_force
from tests.given.world import World

REASON = {"reason": "A column was classed wrongly."}


def relabelled(world: World) -> Things:
    """Return a policy whose relabelled column waits for a reviewer."""
    return {"pk": policy_in_force(herds.relabelled_herd(world)).pk}


def agreed(world: World) -> Things:
    """Return a policy to which a reviewer agreed."""
    return {"pk": policy_in_force(herds.reviewed_herd(world)).pk}


CASES = [
    DoorCase(
        act="preparation.policy.services.confirm_roles",
        given=relabelled,
        actor="reviewer",
        page=to("roles_confirm", {"columns": ["sex"]}),
        api=to("api_confirm_roles", {"columns": ["sex"]}),
        fact="preparation.roles_confirmed",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=agreed,
    ),
    DoorCase(
        act="preparation.policy.services.return_roles",
        given=relabelled,
        actor="reviewer",
        page=to("roles_return", REASON),
        api=to("api_return_roles", REASON),
        fact="preparation.roles_returned",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=agreed,
    ),
]
