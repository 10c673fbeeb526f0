"""Who is answered what at the addresses of notices."""

from __future__ import annotations

from tests.given.access import SIGN_IN, Access

ROWS = [
    Access("notice_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("notice_choices", SIGN_IN, 200, 200, 200, is_page=True),
    Access("failed_email_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("api_list_failed_emails", 401, 200, 200, 200),
    Access("api_list_notices", 401, 200, 200, 200),
    Access("api_get_email_choices", 401, 200, 200, 200),
]
