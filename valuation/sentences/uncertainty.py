"""What is said about draws, distributions and sensitivities."""

from types import MappingProxyType
from typing import Final

REFUSALS: Final = MappingProxyType(
    {
        "correlation-impossible": (
            "The entry in row {row} column {column} of {field} cannot be a correlation. Give a "
            "symmetric matrix with 1 on the diagonal and numbers from -1 to 1."
        ),
        "distribution-impossible": (
            "There is no {kind} distribution with {given} in {field}. Give low, mode and high in "
            "this order, and a spread of 0 or more that keeps the values to amounts of money."
        ),
        "draws-out-of-range": (
            "{given} draws are asked for. Give a number from {least} to {most}."
        ),
        "not-positive-definite": (
            "No inputs can be correlated as {field} says: row {row} contradicts the rows above it. "
            "Bring its numbers closer to 0."
        ),
        "tornado-input-unknown": (
            "The inputs of the method hold no number at {name}. Name one that they hold, with "
            "points between the parts of its path, such as components.direct."
        ),
        "tornado-method": (
            "The method {method} has no closed form with one figure to watch. Choose one that "
            "values, such as cost."
        ),
        "tornado-output": "The method answers no number {output}. Choose one of: {known}.",
        "tornado-refused": (
            "With {name} at {given} the method refuses: {refusal} Change the low or the high of "
            "this input."
        ),
        "rate-can-reach-minus-one": (
            "The discount rate in {field} can fall to -1 or below, which is no rate. Give a "
            "distribution with a least value above -1, such as triangular."
        ),
    }
)

WARNINGS: Final = MappingProxyType(
    {
        "base-outside-range": (
            "The base {base} of {name} does not lie between its low and its high. Check them."
        ),
        "value-can-be-negative": (
            "The value is negative in {percent} % of the draws. Say what an owner would do then: "
            "one who can stop loses less."
        ),
    }
)
