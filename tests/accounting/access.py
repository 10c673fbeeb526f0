"""Who is answered what at the addresses of accounting."""

from __future__ import annotations

from tests.accounting import doors
from tests.given import accounting as given
from tests.given.access import SIGN_IN, Access

proposal = doors.key_of(given.proposed)
booking = doors.key_of(given.booked)

ROWS = [
    Access(
        "dataset_costs", SIGN_IN, 404, 200, 200, doors.dataset, is_page=True, as_party="finance"
    ),
    Access("debt_ratio", SIGN_IN, 200, 200, 200, is_page=True),
    Access("api_plan_debt_ratio", 401, 422, 422, 422),
    Access("api_list_costs", 401, 200, 200, 200),
    Access("api_get_cost", 401, 404, 200, 200, doors.cost, as_party="finance"),
    Access("api_get_impairment", 401, 404, 200, 200, doors.impairment, as_party="finance"),
    Access("recognition_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("disclosure", SIGN_IN, 200, 200, 200, is_page=True),
    Access(
        *("recognition_propose", SIGN_IN, 404, 200, 403),
        doors.costed,
        is_page=True,
        as_party="finance",
    ),
    Access(
        *("recognition_detail", SIGN_IN, 404, 200, 200), booking, is_page=True, as_party="finance"
    ),
    Access(
        *("recognition_review", SIGN_IN, 404, 200, 200), proposal, is_page=True, as_party="finance"
    ),
    Access("api_list_recognitions", 401, 200, 200, 200),
    Access("api_get_recognition", 401, 404, 200, 200, booking),
    Access("api_get_disclosure", 401, 200, 200, 200, lambda world: {"year": 2026}),
]
