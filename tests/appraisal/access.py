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
    Access("api_list_ceilings", 401, 200, 200, 200),
    Access("api_get_ceiling", 401, 404, 200, 200, in_force),
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
    Access("api_list_appraisals", 401, 200, 200, 200),
    Access("api_get_appraisal", 401, 404, 200, 200, draft),
    Access("api_appraisal_report", 401, 404, 200, 200, draft),
    Access("api_replay_appraisal", 401, 404, 200, 200, draft),
]

SCOPES = {
    "read": {"api_calculate"},
}
"""The scope that a token needs, of each address beside acts that is not just read."""
