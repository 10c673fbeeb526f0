"""Correlation between inputs: a checked matrix, applied by a Gaussian copula.

The matrix is that of the normal deviates behind the values; ranks move together accordingly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from valuation.errors import ValuationError

_LEAST_PIVOT = 1e-12


def triangle_of(matrix: Sequence[Sequence[Fraction]], field: str) -> list[list[float]]:
    """Return the lower triangular root of a correlation matrix (Cholesky).

    Raises:
        ValuationError: `correlation-impossible`, it is not symmetric with 1 on the diagonal and
            entries from -1 to 1; `not-positive-definite`, no inputs can be correlated so.
    """
    size = len(matrix)
    for row in range(size):
        if len(matrix[row]) != size:
            raise ValuationError(
                "not-square", field=field, rows=size, row=row + 1, columns=len(matrix[row])
            )
        for column in range(row + 1):
            entry = matrix[row][column]
            fits = entry == 1 if row == column else -1 <= entry <= 1
            if not fits or matrix[column][row] != entry:
                raise ValuationError(
                    "correlation-impossible", field=field, row=row + 1, column=column + 1
                )
    root = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            known = sum(root[row][k] * root[column][k] for k in range(column))
            left = float(matrix[row][column]) - known
            if row == column:
                if left < _LEAST_PIVOT:
                    raise ValuationError("not-positive-definite", field=field, row=row + 1)
                root[row][row] = math.sqrt(left)
            else:
                root[row][column] = left / root[column][column]
    return root
