"""The acts on price ceilings and their doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from marketplace.core.records import Record
from tests.given import ceilings as given
from tests.given.catalog import approved_dataset
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

CHECKLIST = {"checklist": list(given.CHECKLIST)}
REASON = {"reason": "The tax has no voucher."}
SERVICES = "appraisal.ceiling.services"


def figures(things: Things) -> dict[str, str]:
    """Return other figures than those that were drafted, as a form or a program sends them."""
    whole = asdict(given.permitted(expected_units=400))
    return {name: str(value) for name, value in whole.items()}


def key(reach: Callable[[World], Record]) -> Callable[[World], Things]:
    """Return a builder that tells the key of what it reached."""
    return lambda world: {"pk": reach(world).pk}


def dataset(world: World) -> Things:
    """Return a dataset of public data."""
    return {"pk": approved_dataset(world).pk}


def priced_dataset(world: World) -> Things:
    """Return a dataset with an unfinished price ceiling."""
    return {"pk": given.drafted(world).dataset_id}


CASES = [
    DoorCase(
        act=f"{SERVICES}.draft_ceiling",
        given=dataset,
        actor="officer",
        page=to("ceiling_draft", figures),
        api=to("api_draft_ceiling", figures),
        fact="appraisal.ceiling_drafted",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=priced_dataset,
    ),
    DoorCase(
        act=f"{SERVICES}.revise_ceiling",
        given=key(given.drafted),
        actor="officer",
        page=to("ceiling_revise", figures),
        api=to("api_revise_ceiling", figures),
        fact="appraisal.ceiling_revised",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key(given.submitted),
        again="already",
    ),
    DoorCase(
        act=f"{SERVICES}.submit_ceiling",
        given=key(given.drafted),
        actor="officer",
        page=to("ceiling_submit"),
        api=to("api_submit_ceiling"),
        fact="appraisal.ceiling_submitted",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key(given.withdrawn),
    ),
    DoorCase(
        act=f"{SERVICES}.withdraw_ceiling",
        given=key(given.submitted),
        actor="officer",
        page=to("ceiling_withdraw", REASON),
        api=to("api_withdraw_ceiling", REASON),
        fact="appraisal.ceiling_withdrawn",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key(given.withdrawn),
    ),
    DoorCase(
        act=f"{SERVICES}.approve_ceiling",
        given=key(given.submitted),
        actor="reviewer",
        page=to("ceiling_approve", CHECKLIST),
        api=to("api_approve_ceiling", CHECKLIST),
        fact="appraisal.ceiling_approved",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key(given.drafted),
    ),
    DoorCase(
        act=f"{SERVICES}.return_ceiling",
        given=key(given.submitted),
        actor="reviewer",
        page=to("ceiling_return", REASON),
        api=to("api_return_ceiling", REASON),
        fact="appraisal.ceiling_returned",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key(given.drafted),
    ),
    DoorCase(
        act=f"{SERVICES}.close_ceiling",
        given=key(given.in_force),
        actor="reviewer",
        page=to("ceiling_close", REASON),
        api=to("api_close_ceiling", REASON),
        fact="appraisal.ceiling_closed",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key(given.closed),
    ),
]
