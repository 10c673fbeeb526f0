"""Who is answered what at the addresses of notices."""

from __future__ import annotations

from tests.given.access import SIGN_IN, Access
from tests.notices import doors

ROWS = [
    Access("notice_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("notice_choices", SIGN_IN, 200, 200, 200, is_page=True),
    Access("failed_email_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("email_send_again", 405, 405, 405, 405, doors.failed),
    Access("api_list_failed_emails", 401, 200, 200, 200),
    Access("api_send_email_again", 401, 405, 405, 405, doors.failed),
    Access("notices_read", 405, 405, 405, 405),
    Access("notice_read", 405, 405, 405, 405, doors.unread),
    Access("api_list_notices", 401, 200, 200, 200),
    Access("api_get_email_choices", 401, 200, 200, 200),
    Access("api_choose_emails", 401, 405, 405, 405),
    Access("api_mark_all_read", 401, 405, 405, 405),
    Access("api_mark_notice_read", 401, 405, 405, 405, doors.unread),
]

SCOPES = {
    "administer": {
        "api_choose_emails",
        "api_mark_all_read",
        "api_mark_notice_read",
        "api_send_email_again",
    },
}
"""The scope that a token needs, of each address that is not just read."""
