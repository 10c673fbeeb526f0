"""Run a policy over a table."""

from desensitize.engines.adapters import load_adapter
from desensitize.engines.local import STEPS, RunResult, run_policy
from desensitize.engines.losses import column_losses
from desensitize.engines.methods import compare_methods
from desensitize.engines.shards import (
    KeyFile,
    Shard,
    ShardResult,
    check_shards,
    count_shard,
    mask_shard,
    search_shards,
)

__all__ = [
    "STEPS",
    "KeyFile",
    "RunResult",
    "Shard",
    "ShardResult",
    "check_shards",
    "column_losses",
    "compare_methods",
    "count_shard",
    "load_adapter",
    "mask_shard",
    "run_policy",
    "search_shards",
]
