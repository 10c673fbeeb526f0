"""What is said about draws, distributions and sensitivities."""

from types import MappingProxyType
from typing import Final

REFUSALS: Final = MappingProxyType(
    {
        "CORRELATION_IMPOSSIBLE": (
            "The entry in row {row} column {column} of {field} cannot be a correlation. Give a "
            "symmetric matrix with 1 on the diagonal and numbers from -1 to 1."
        ),
        "DISTRIBUTION_IMPOSSIBLE": (
            "There is no {kind} distribution with {given} in {field}. Give low, mode and high in "
            "this order, and a spread of 0 or more that keeps the values to amounts of money."
        ),
        "DRAWS_OUT_OF_RANGE": (
            "{given} draws are asked for. Give a number from {least} to {most}."
        ),
        "NOT_POSITIVE_DEFINITE": (
            "No inputs can be correlated as {field} says: row {row} contradicts the rows above it. "
            "Bring its numbers closer to 0."
        ),
        "TORNADO_INPUT_UNKNOWN": (
            "The inputs of the method hold no number at {name}. Name one that they hold, with "
            "points between the parts of its path, such as components.direct."
        ),
        "TORNADO_METHOD": (
            "The method {method} has no closed form with one figure to watch. Choose one that "
            "values, such as cost."
        ),
        "TORNADO_OUTPUT": "The method answers no number {output}. Choose one of: {known}.",
        "TORNADO_REFUSED": (
            "With {name} at {given} the method refuses: {refusal} Change the low or the high of "
            "this input."
        ),
        "RATE_CAN_REACH_MINUS_ONE": (
            "The discount rate in {field} can fall to -1 or below, which is no rate. Give a "
            "distribution with a least value above -1, such as triangular."
        ),
    }
)

WARNINGS: Final = MappingProxyType(
    {
        "BASE_OUTSIDE_RANGE": (
            "The base {base} of {name} does not lie between its low and its high. Check them."
        ),
        "VALUE_CAN_BE_NEGATIVE": (
            "The value is negative in {percent} % of the draws. Say what an owner would do then: "
            "one who can stop loses less."
        ),
    }
)
