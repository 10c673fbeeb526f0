"""Who is answered what at the addresses of appraisal."""

from __future__ import annotations

from tests.appraisal.ceiling_doors import dataset
from tests.appraisal.doors import key_of, valuable
from tests.given import appraisal as given
from tests.given import ceilings
from tests.given.access import SIGN_IN, Access

draft = key_of(given.drafted)
waiting = key_of(given.submitted)

priced = key_of(ceilings.drafted)
decidable = key_of(ceilings.submitted)
in_force = key_of(ceilings.in_force)

ROWS = [
    Access("ceiling_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("ceiling_draft", SIGN_IN, 404, 200, 403, dataset, is_page=True),
    Access("ceiling_detail", SIGN_IN, 404, 200, 200, in_force, is_page=True),
    Access("ceiling_revise", SIGN_IN, 404, 200, 403, priced, is_page=True),
    Access("ceiling_review", SIGN_IN, 404, 200, 200, decidable, is_page=True),
    Access("ceiling_submit", 405, 405, 405, 405, priced),
    Access("ceiling_withdraw", 405, 405, 405, 405, priced),
    Access("ceiling_close", 405, 405, 405, 405, in_force),
    Access("ceiling_approve", 405, 405, 405, 405, decidable),
    Access("ceiling_return", 405, 405, 405, 405, decidable),
    Access("api_list_ceilings", 401, 200, 200, 200),
    Access("api_draft_ceiling", 401, 405, 405, 405, dataset),
    Access("api_get_ceiling", 401, 404, 200, 200, in_force),
    Access("api_revise_ceiling", 401, 405, 405, 405, priced),
    Access("api_submit_ceiling", 401, 405, 405, 405, priced),
    Access("api_withdraw_ceiling", 401, 405, 405, 405, priced),
    Access("api_close_ceiling", 401, 405, 405, 405, in_force),
    Access("api_approve_ceiling", 401, 405, 405, 405, decidable),
    Access("api_return_ceiling", 401, 405, 405, 405, decidable),
    Access("appraisal_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("calculator", SIGN_IN, 200, 200, 200, is_page=True),
    Access("api_calculate", 401, 405, 405, 405),
    Access("appraisal_draft", SIGN_IN, 404, 200, 403, valuable, is_page=True),
    Access("appraisal_detail", SIGN_IN, 404, 200, 200, draft, is_page=True),
    Access("appraisal_revise", SIGN_IN, 404, 200, 403, draft, is_page=True),
    Access("appraisal_replay", SIGN_IN, 404, 200, 200, draft, is_page=True),
    Access("appraisal_report", SIGN_IN, 404, 200, 200, draft, is_page=True),
    Access("appraisal_report_file", SIGN_IN, 404, 200, 200, draft),
    Access("appraisal_review", SIGN_IN, 404, 200, 200, waiting, is_page=True),
    Access("appraisal_submit", 405, 405, 405, 405, draft),
    Access("appraisal_withdraw", 405, 405, 405, 405, draft),
    Access("appraisal_approve", 405, 405, 405, 405, waiting),
    Access("appraisal_return", 405, 405, 405, 405, waiting),
    Access("api_list_appraisals", 401, 200, 200, 200),
    Access("api_draft_appraisal", 401, 405, 405, 405, valuable),
    Access("api_get_appraisal", 401, 404, 200, 200, draft),
    Access("api_revise_appraisal", 401, 405, 405, 405, draft),
    Access("api_appraisal_report", 401, 404, 200, 200, draft),
    Access("api_replay_appraisal", 401, 404, 200, 200, draft),
    Access("api_submit_appraisal", 401, 405, 405, 405, draft),
    Access("api_withdraw_appraisal", 401, 405, 405, 405, draft),
    Access("api_approve_appraisal", 401, 405, 405, 405, waiting),
    Access("api_return_appraisal", 401, 405, 405, 405, waiting),
]

SCOPES = {
    "read": {"api_calculate"},
    "trade": {
        "api_draft_appraisal",
        "api_draft_ceiling",
        "api_revise_appraisal",
        "api_revise_ceiling",
        "api_submit_appraisal",
        "api_submit_ceiling",
        "api_withdraw_appraisal",
        "api_withdraw_ceiling",
    },
    "administer": {
        "api_approve_appraisal",
        "api_approve_ceiling",
        "api_close_ceiling",
        "api_return_appraisal",
        "api_return_ceiling",
    },
}
"""The scope that a token needs, of each address that is not just read."""
