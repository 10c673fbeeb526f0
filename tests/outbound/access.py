"""Who is answered what at the addresses of webhooks: an organization sees its own alone."""

from __future__ import annotations

from functools import partial

from tests.given.access import SIGN_IN, Access
from tests.outbound import doors

Own = partial(Access, as_party="buyer")

ROWS = [
    Access("endpoint_list", SIGN_IN, 200, 200, 200, is_page=True, as_party="buyer"),
    Own("endpoint_detail", SIGN_IN, 404, 200, 404, doors.disabled, is_page=True),
    Own("message_detail", SIGN_IN, 404, 200, 404, doors.failed, is_page=True),
    Access("api_list_endpoints", 401, 200, 200, 200),
    Own("api_get_endpoint", 401, 404, 200, 404, doors.endpoint),
    Own("api_list_endpoint_messages", 401, 404, 200, 404, doors.endpoint),
    Own("api_get_message", 401, 404, 200, 404, doors.failed),
]
