"""Run a policy over a table."""

from desensitize.engines.adapters import load_adapter
from desensitize.engines.drawing import ROW
from desensitize.engines.generalization import Life, refuse_open
from desensitize.engines.local import STEPS, RunResult, run_policy
from desensitize.engines.losses import column_losses
from desensitize.engines.shards import (
    KeyFile,
    Part,
    ScatteredShard,
    Shard,
    ShardResult,
    check_shards,
    count_shard,
    gather_part,
    mask_shard,
    scatter_shard,
    search_shards,
)

__all__ = [
    "ROW",
    "STEPS",
    "KeyFile",
    "Life",
    "Part",
    "RunResult",
    "ScatteredShard",
    "Shard",
    "ShardResult",
    "check_shards",
    "column_losses",
    "count_shard",
    "gather_part",
    "load_adapter",
    "mask_shard",
    "refuse_open",
    "run_policy",
    "scatter_shard",
    "search_shards",
]
