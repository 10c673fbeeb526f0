"""Who is answered what at the addresses of learning."""

from __future__ import annotations

from tests.given.access import SIGN_IN, Access
from tests.learning.doors import measurable, measured, measuring, model, trainable, waiting

ROWS = [
    Access("training_run_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("training_run_detail", SIGN_IN, 404, 200, 200, waiting, is_page=True),
    Access("training_run_state", SIGN_IN, 404, 200, 200, waiting),
    Access("training_start", SIGN_IN, 404, 200, 403, trainable, is_page=True),
    Access("model_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("model_detail", SIGN_IN, 404, 200, 200, model, is_page=True),
    Access("model_card", SIGN_IN, 404, 200, 200, model),
    Access("model_file", SIGN_IN, 404, 200, 403, model),
    Access("model_asset_make", SIGN_IN, 404, 200, 403, model, is_page=True),
    Access(
        "measurement_request", SIGN_IN, 200, 200, 200, measurable, is_page=True, as_party="buyer"
    ),
    Access("measurement_list", SIGN_IN, 200, 200, 200, is_page=True, as_party="buyer"),
    Access("measurement_detail", SIGN_IN, 404, 200, 200, measured, is_page=True, as_party="buyer"),
    Access("measurement_state", SIGN_IN, 404, 200, 200, measuring, as_party="buyer"),
    Access("api_list_measurements", 401, 200, 200, 200),
    Access("api_get_measurement", 401, 404, 200, 200, measured, as_party="buyer"),
    Access("api_list_training_runs", 401, 200, 200, 200),
    Access("api_get_training_run", 401, 404, 200, 200, waiting),
    Access("api_list_models", 401, 200, 200, 200),
    Access("api_get_model", 401, 404, 200, 200, model),
    Access("api_get_model_card", 401, 404, 200, 200, model),
    Access("api_get_model_file", 401, 404, 200, 403, model),
    Access("api_score_rows", 401, 405, 405, 405, model),
]

SCOPES = {
    "deliver": {"api_score_rows", "api_get_model_file"},
}
"""The scope that a token needs, of each address beside acts that is not just read."""
