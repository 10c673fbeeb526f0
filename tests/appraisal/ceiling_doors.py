"""The acts on price ceilings and their doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.urls import reverse

from marketplace.core.records import Record
from tests.given import ceilings as given
from tests.given.catalog import approved_dataset
from tests.given.doors import DoorCase, Send, Things
from tests.given.world import World

CHECKLIST = {"checklist": list(given.CHECKLIST)}
REASON = {"reason": "The tax has no voucher."}
SERVICES = "appraisal.ceiling.services"


def figures() -> dict[str, str]:
    """Return other figures than those that were drafted, as a form or a program sends them."""
    whole = asdict(given.permitted(expected_units=400))
    return {name: str(value) for name, value in whole.items()}


def to(route: str, data: Callable[[], dict[str, Any]] = dict) -> Callable[[Things], Send]:
    """Return a sender to a route whose argument is the key of the thing."""
    return lambda things: Send(reverse(route, args=[things["pk"]]), data())


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
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key(given.withdrawn),
    ),
    DoorCase(
        act=f"{SERVICES}.withdraw_ceiling",
        given=key(given.submitted),
        actor="officer",
        page=to("ceiling_withdraw", lambda: REASON),
        api=to("api_withdraw_ceiling", lambda: REASON),
        fact="appraisal.ceiling_withdrawn",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key(given.withdrawn),
    ),
    DoorCase(
        act=f"{SERVICES}.approve_ceiling",
        given=key(given.submitted),
        actor="reviewer",
        page=to("ceiling_approve", lambda: CHECKLIST),
        api=to("api_approve_ceiling", lambda: CHECKLIST),
        fact="appraisal.ceiling_approved",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key(given.drafted),
    ),
    DoorCase(
        act=f"{SERVICES}.return_ceiling",
        given=key(given.submitted),
        actor="reviewer",
        page=to("ceiling_return", lambda: REASON),
        api=to("api_return_ceiling", lambda: REASON),
        fact="appraisal.ceiling_returned",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key(given.drafted),
    ),
    DoorCase(
        act=f"{SERVICES}.close_ceiling",
        given=key(given.in_force),
        actor="reviewer",
        page=to("ceiling_close", lambda: REASON),
        api=to("api_close_ceiling", lambda: REASON),
        fact="appraisal.ceiling_closed",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key(given.closed),
    ),
]
