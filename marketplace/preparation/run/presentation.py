"""Why runs failed, in words."""

from marketplace.preparation.adapters import sentence_of
from marketplace.preparation.run.models import Run


def run_error(run: Run) -> str:
    """Say why a run failed; "" where it did not."""
    return sentence_of(run.error_code, run.error_parameters) if run.error_code else ""
