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
    Own("endpoint_events", 405, 405, 405, 405, doors.endpoint),
    Own("endpoint_rotate", 405, 405, 405, 405, doors.endpoint),
    Own("endpoint_enable", 405, 405, 405, 405, doors.endpoint),
    Own("endpoint_close", 405, 405, 405, 405, doors.endpoint),
    Own("endpoint_try", 405, 405, 405, 405, doors.endpoint),
    Own("message_resend", 405, 405, 405, 405, doors.failed),
    Access("api_list_endpoints", 401, 200, 200, 200),
    Own("api_get_endpoint", 401, 404, 200, 404, doors.endpoint),
    Own("api_list_endpoint_messages", 401, 404, 200, 404, doors.endpoint),
    Own("api_get_message", 401, 404, 200, 404, doors.failed),
    Access("api_register_endpoint", 401, 405, 405, 405),
    Own("api_choose_endpoint_events", 401, 405, 405, 405, doors.endpoint),
    Own("api_rotate_endpoint_secret", 401, 405, 405, 405, doors.endpoint),
    Own("api_enable_endpoint", 401, 405, 405, 405, doors.endpoint),
    Own("api_close_endpoint", 401, 405, 405, 405, doors.endpoint),
    Own("api_try_endpoint", 401, 405, 405, 405, doors.endpoint),
    Own("api_resend_message", 401, 405, 405, 405, doors.failed),
]

SCOPES = {
    "administer": {
        "api_register_endpoint",
        "api_choose_endpoint_events",
        "api_rotate_endpoint_secret",
        "api_enable_endpoint",
        "api_close_endpoint",
        "api_try_endpoint",
        "api_resend_message",
    },
}
"""The scope that a token needs, of each address that is not just read."""
