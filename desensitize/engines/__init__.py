"""Run a policy over a table."""

from desensitize.engines.local import STEPS, RunResult, run_policy

__all__ = ["STEPS", "RunResult", "run_policy"]
