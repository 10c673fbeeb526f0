"""The principal eigenvector of a positive matrix, to more digits than anybody reads.

Computed in decimal numbers of a fixed precision, so that every machine gives the same digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Final

_WORKING: Final = Context(prec=70, rounding=ROUND_HALF_EVEN)
_CLOSE: Final = Decimal("1e-40")
_MOST_SQUARINGS: Final = 80
_POLISHING: Final = 3

_PLACES: Final = Decimal("1e-20")


def principal_eigenvector(
    matrix: Sequence[Sequence[Fraction]],
) -> tuple[tuple[Decimal, ...], Decimal]:
    """Return the eigenvector that adds up to 1, and its eigenvalue, both to 20 places.

    The matrix is squared until its columns agree, which by Perron and Frobenius they come to for
    every matrix of positive entries; a few plain steps then remove the rounding of the squarings.
    """
    with localcontext(_WORKING):
        exact = [[Decimal(part.numerator) / part.denominator for part in row] for row in matrix]
        power, weights = exact, _normalized([sum(row, Decimal(0)) for row in exact])
        for _ in range(_MOST_SQUARINGS):
            power = _squared(power)
            before, weights = weights, _normalized([sum(row, Decimal(0)) for row in power])
            if max(abs(a - b) for a, b in zip(before, weights, strict=True)) < _CLOSE:
                break
        for _ in range(_POLISHING):
            weights = _normalized(_times(exact, weights))
        eigenvalue = sum(_times(exact, weights), Decimal(0))
        return tuple(placed(weight) for weight in weights), placed(eigenvalue)


def placed(value: Decimal) -> Decimal:
    """Round to 20 places, without noughts behind."""
    return value.quantize(_PLACES, context=_WORKING).normalize(_WORKING)


def _squared(matrix: list[list[Decimal]]) -> list[list[Decimal]]:
    columns = list(zip(*matrix, strict=True))
    largest = max(max(row) for row in matrix)
    return [
        [
            sum((a * b for a, b in zip(row, column, strict=True)), Decimal(0)) / largest
            for column in columns
        ]
        for row in matrix
    ]


def _times(matrix: list[list[Decimal]], vector: list[Decimal]) -> list[Decimal]:
    return [sum((a * b for a, b in zip(row, vector, strict=True)), Decimal(0)) for row in matrix]


def _normalized(vector: list[Decimal]) -> list[Decimal]:
    total = sum(vector, Decimal(0))
    return [part / total for part in vector]
