"""Run a policy over a table."""

from desensitize.engines.local import RunResult, run_policy

__all__ = ["RunResult", "run_policy"]
