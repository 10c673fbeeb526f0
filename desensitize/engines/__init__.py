"""Run a policy over a table."""

from desensitize.engines.local import STEPS, RunResult, run_policy
from desensitize.engines.losses import column_losses

__all__ = ["STEPS", "RunResult", "column_losses", "run_policy"]
