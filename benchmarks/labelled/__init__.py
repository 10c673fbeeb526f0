"""Tables whose columns' kinds are known, to try detection on."""

from benchmarks.labelled.personal import PERSONAL
from benchmarks.labelled.table import Label, labelled_table, with_meaningless_headers
from benchmarks.labelled.traps import TRAPS

__all__ = ["PERSONAL", "TRAPS", "Label", "labelled_table", "with_meaningless_headers"]
