"""The acts on impact assessments and their doors."""

from __future__ import annotations

from typing import Any

from tests.given import abroad, assessments
from tests.given import trading as given
from tests.given.access import SIGN_IN, Access
from tests.given.doors import DoorCase, to
from tests.given.world import World
from tests.trading.orders.doors_of_disputes import key_of

SERVICES = "trading.listings.assessment.services"
REASON = {"reason": "Say who could guess."}

CASES = [
    DoorCase(
        act=f"{SERVICES}.make_assessment",
        given=key_of(assessments.unassessed),
        actor="officer",
        page=to("assessment_make", given.ASSESSMENT),
        api=to("api_make_assessment", given.ASSESSMENT),
        fact="trading.assessment_made",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(given.drafted),
    ),
    DoorCase(
        act=f"{SERVICES}.approve_assessment",
        given=key_of(assessments.made),
        actor="colleague",
        page=to("assessment_approve"),
        api=to("api_approve_assessment"),
        fact="trading.assessment_approved",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(assessments.returned),
    ),
    DoorCase(
        act=f"{SERVICES}.return_assessment",
        given=key_of(assessments.made),
        actor="reviewer",
        page=to("assessment_return", REASON),
        api=to("api_return_assessment", REASON),
        fact="trading.assessment_returned",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(assessments.approved),
    ),
    DoorCase(
        act="trading.listings.abroad.services.record_security_assessment",
        given=key_of(abroad.for_foreigners),
        actor="reviewer",
        page=to("security_assessment_record", abroad.PASSED),
        api=to("api_record_security_assessment", abroad.PASSED),
        fact="trading.security_assessment_recorded",
        scope="administer",
        not_allowed="officer",
        not_visible="",
        wrong_state=key_of(given.drafted),
        again="already",
        only="a listing on the market is seen by all",
    ),
]


def seen_by(world: World) -> dict[str, Any]:
    """Return important data that is on the market, and a buyer from abroad."""
    return {"pk": abroad.for_foreigners(world).pk}


def unassessed(world: World) -> dict[str, Any]:
    """Return a listing whose impact is not assessed."""
    return {"pk": assessments.unassessed(world).pk}


def made(world: World) -> dict[str, Any]:
    """Return an assessment."""
    return {"pk": assessments.made(world).pk}


ROWS = [
    Access("security_assessment_record", SIGN_IN, 404, 200, 200, given=seen_by, is_page=True),
    Access("api_list_security_assessments", 401, 200, 200, 200),
    Access("assessment_make", SIGN_IN, 404, 200, 200, given=unassessed, is_page=True),
    Access("api_list_assessments", 401, 200, 200, 200),
    Access("assessment_detail", SIGN_IN, 404, 200, 200, given=made, is_page=True),
    Access("api_get_assessment", 401, 404, 200, 200, given=made),
]
