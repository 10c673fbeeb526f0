"""The acts of appraisal and their doors."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.core.records import Record
from tests.appraisal import ceiling_doors
from tests.given import appraisal as given
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

FORM = {
    "purpose": "trade",
    "approach": "cost",
    **given.form(direct="190000"),
}
JSON = {
    "purpose": "trade",
    "inputs": given.inputs(components={**given.COSTS, "direct": "190000"}),
}
CHECKLIST = {"checklist": list(given.CHECKLIST)}
REASON = {"reason": "The tax has no voucher."}


def key_of(reach: Callable[[World], Record]) -> Callable[[World], Things]:
    """Return a builder that tells the key of what it reached."""
    return lambda world: {"pk": reach(world).pk}


def valuable(world: World) -> Things:
    """Return a dataset that can be valued."""
    return {"pk": given.valuable(world).pk}


def valued_dataset(world: World) -> Things:
    """Return a dataset with an unfinished valuation."""
    return {"pk": given.drafted(world).dataset_id}


CASES = [
    *ceiling_doors.CASES,
    DoorCase(
        act="appraisal.appraisal.services.draft_appraisal",
        given=valuable,
        actor="officer",
        page=to("appraisal_draft", FORM),
        api=to("api_draft_appraisal", JSON),
        fact="appraisal.appraisal_drafted",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=valued_dataset,
    ),
    DoorCase(
        act="appraisal.appraisal.services.revise_appraisal",
        given=key_of(given.drafted),
        actor="officer",
        page=to("appraisal_revise", FORM),
        api=to("api_revise_appraisal", JSON),
        fact="appraisal.appraisal_revised",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(given.submitted),
        again="already",
    ),
    DoorCase(
        act="appraisal.appraisal.services.submit_appraisal",
        given=key_of(given.drafted),
        actor="officer",
        page=to("appraisal_submit"),
        api=to("api_submit_appraisal"),
        fact="appraisal.appraisal_submitted",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(given.withdrawn),
    ),
    DoorCase(
        act="appraisal.appraisal.services.withdraw_appraisal",
        given=key_of(given.submitted),
        actor="officer",
        page=to("appraisal_withdraw", REASON),
        api=to("api_withdraw_appraisal", REASON),
        fact="appraisal.appraisal_withdrawn",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(given.withdrawn),
    ),
    DoorCase(
        act="appraisal.appraisal.services.approve_appraisal",
        given=key_of(given.submitted),
        actor="reviewer",
        page=to("appraisal_approve", CHECKLIST),
        api=to("api_approve_appraisal", CHECKLIST),
        fact="appraisal.appraisal_approved",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(given.drafted),
    ),
    DoorCase(
        act="appraisal.appraisal.services.return_appraisal",
        given=key_of(given.submitted),
        actor="reviewer",
        page=to("appraisal_return", REASON),
        api=to("api_return_appraisal", REASON),
        fact="appraisal.appraisal_returned",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(given.drafted),
    ),
]
