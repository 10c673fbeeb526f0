"""Who is answered what at the addresses of approvals to sign."""

from __future__ import annotations

from tests.given.access import SIGN_IN, Access
from tests.trading.orders.doors_of_approvals import asked

ROWS = [
    Access(
        *("approval_detail", SIGN_IN, 404, 200, 200), given=asked, is_page=True, as_party="buyer"
    ),
    Access("api_list_signing_approvals", 401, 200, 200, 200),
    Access("api_get_signing_approval", 401, 404, 200, 200, given=asked, as_party="buyer"),
]
