"""Who is answered what at the addresses of accounting."""

from __future__ import annotations

from tests.accounting import doors
from tests.given.access import SIGN_IN, Access

ROWS = [
    Access(
        "dataset_costs", SIGN_IN, 404, 200, 200, doors.dataset, is_page=True, as_party="finance"
    ),
    Access("cost_reverse", 405, 405, 405, 405, doors.cost),
    Access("debt_ratio", SIGN_IN, 200, 200, 200, is_page=True),
    Access("api_list_costs", 401, 200, 200, 200),
    Access("api_record_cost", 401, 405, 405, 405, doors.dataset),
    Access("api_reverse_cost", 401, 405, 405, 405, doors.cost),
]
