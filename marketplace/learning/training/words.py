"""Count labels by declared words, with noise that hides each row.

Each row counts once: for its label, on the first line of which a word occurs in its text, or on the
last place where none does. So one row more or less changes one count by one, and discrete Laplace
noise of scale 1/ε on each count makes whatever follows from them ε-differentially private (Dwork,
McSherry, Nissim and Smith, TCC 2006). Nothing else is fitted: lines and labels are declared.
"""

from dataclasses import dataclass
from math import tanh

import numpy as np

from desensitize.privacy.differential.noise import laplace
from marketplace.learning.training.table import Floats, Texts, Whole

ROWS_CHANGE = 1
"""By so much one row changes the counts, all differences together."""
MECHANISM = "counts with discrete Laplace noise"
SMOOTHED = 0.1
"""To each count so many scales of the noise are added, so that no label is thought impossible."""

Lines = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Counted:
    """The shares of the labels on each line, as a linear model of which line it is."""

    coef_: Floats
    intercept_: Floats

    def decision_function(self, matrix: Floats) -> Floats:
        """Return the logarithm of the share of each label on the line of each row."""
        found: Floats = matrix @ self.coef_.T + self.intercept_
        return found


def first_lines(texts: Texts, lines: Lines) -> Whole:
    """Return the first line of which a word occurs in each text; where none does, their number."""
    return np.array(
        [
            next(
                (place for place, line in enumerate(lines) if any(word in text for word in line)),
                len(lines),
            )
            for text in texts
        ],
        dtype=np.int64,
    )


def counted(matrix: Floats, labels: Whole, kinds: int, epsilon: float) -> Counted:
    """Count, add noise, and return the shares that the noisy counts stand for."""
    counts = np.zeros((kinds, matrix.shape[1]), dtype=np.int64)
    np.add.at(counts, (labels, matrix.argmax(axis=1)), 1)
    noisy = laplace(sensitivity=ROWS_CHANGE, epsilon=epsilon)(counts.ravel().tolist())
    cells = np.maximum(np.array(noisy, dtype=np.float64).reshape(counts.shape), 0.0)
    cells += SMOOTHED / epsilon
    return Counted(np.log(cells / cells.sum(axis=0)), np.zeros(kinds))


def most_advantage(epsilon: float) -> float:
    """Return the most by which an attacker who knows all other rows tells whether one was in.

    Of ε-differential privacy that is `(e^ε − 1)/(e^ε + 1)` (Humphries et al., CSF 2023).
    """
    return tanh(epsilon / 2)
