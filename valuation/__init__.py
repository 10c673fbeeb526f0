"""What a data asset is worth, with the whole way to the figure.

Pure Python. `value("cost", inputs)` gives a `Result`; `Result.to_dict()` can be stored as JSON, and
`replay(stored)` computes it anew and compares the cents. The figures are reference values: they are
no appraisal report and no audit opinion.
"""

from valuation.errors import CODES, WARNING_CODES, ValuationError
from valuation.inputs import load_inputs
from valuation.registry import METHODS, Method, find_method, value
from valuation.replay import Replay, replay
from valuation.result import Node, Result, ValuationWarning
from valuation.version import VERSION

__all__ = [
    "CODES",
    "METHODS",
    "VERSION",
    "WARNING_CODES",
    "Method",
    "Node",
    "Replay",
    "Result",
    "ValuationError",
    "ValuationWarning",
    "find_method",
    "load_inputs",
    "replay",
    "value",
]
