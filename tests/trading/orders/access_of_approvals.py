"""Who is answered what at the addresses of approvals to sign."""

from __future__ import annotations

from tests.given.access import SIGN_IN, Access
from tests.trading.orders.doors_of_approvals import amendment, asked, contract

ROWS = [
    Access(
        *("approval_detail", SIGN_IN, 404, 200, 200), given=asked, is_page=True, as_party="buyer"
    ),
    Access("contract_ask_approval", 405, 405, 405, 405, given=contract),
    Access("amendment_ask_approval", 405, 405, 405, 405, given=amendment),
    Access("approval_approve", 405, 405, 405, 405, given=asked),
    Access("approval_refuse", 405, 405, 405, 405, given=asked),
    Access("api_list_signing_approvals", 401, 200, 200, 200),
    Access("api_get_signing_approval", 401, 404, 200, 200, given=asked, as_party="buyer"),
    Access("api_ask_contract_approval", 401, 405, 405, 405, given=contract),
    Access("api_ask_amendment_approval", 401, 405, 405, 405, given=amendment),
    Access("api_approve_signing", 401, 405, 405, 405, given=asked),
    Access("api_refuse_signing", 401, 405, 405, 405, given=asked),
]
