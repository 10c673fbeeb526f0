"""Add random noise to numbers."""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.crypto import Key, cmac_words
from desensitize.crypto.row_random import uniform
from desensitize.masks.contract import NUMBERS, Mask, MaskContext, MaskDescription, elementwise
from desensitize.masks.draws import BETWEEN, NOTHING, cell_content
from desensitize.masks.numbers import as_numbers
from desensitize.masks.options import PURPOSE, OptionDescription

Floats = NDArray[np.float64]


def _laplace(numbers: Floats, first: Floats, second: Floats, scale: float) -> Floats:
    half = first - 0.5
    answer: Floats = numbers - scale * np.sign(half) * np.log1p(-2 * np.abs(half))
    return answer


def _normal(first: Floats, second: Floats) -> Floats:
    # Box and Muller's transform of two even numbers.
    answer: Floats = np.sqrt(-2 * np.log(first)) * np.cos(2 * np.pi * second)
    return answer


def _gaussian(numbers: Floats, first: Floats, second: Floats, scale: float) -> Floats:
    return numbers + scale * _normal(first, second)


def _multiplicative(numbers: Floats, first: Floats, second: Floats, scale: float) -> Floats:
    answer: Floats = numbers * np.exp(scale * _normal(first, second) - scale * scale / 2)
    return answer


Noise = Callable[[Floats, Floats, Floats, float], Floats]

NOISES: Mapping[str, Noise] = {
    "laplace": _laplace,
    "gaussian": _gaussian,
    "multiplicative": _multiplicative,
}


class AddNoise(Mask):
    """Add noise of mean 0 to numbers; whole numbers stay whole.

    Noise is drawn once: every version of a table that has the row unchanged shows the same number,
    so that the mean of many versions tells no more than one. With `subject`, the name of the column
    that tells persons apart, a person's value keeps its noise whatever else in the row changes, and
    is the better choice for a table that comes again; so it does where the policy names that
    column. Without either the draw belongs to all that the row holds in the source: equal values
    of different people get different noise, which hides what is common, but rows that are alike in
    every column get the same, and a row of which any cell changes draws anew. The value alone would
    not do: everybody with the commonest value would show the same number, and one known person
    would tell it of all.

    `scale` is the scale of Laplace noise, the standard deviation of Gaussian noise, and the share
    of the number by which multiplicative (log-normal) noise changes it, where 0.1 is about 10 %.
    What is not a finite number becomes null. This is no differential privacy: outliers stay
    outliers, and rounding can give a number back.
    """

    description = MaskDescription(
        "add_noise",
        (
            OptionDescription("scale", "number", required=True, minimum=1e-9, maximum=1e12),
            OptionDescription("distribution", "choice", default="laplace", choices=tuple(NOISES)),
            OptionDescription("subject", "column"),
            PURPOSE,
        ),
        releases_clear=True,
        needs_key=True,
        row_keyed=True,
        content_keyed=True,
        takes=NUMBERS,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the changed numbers.

        Raises:
            DesensitizeError: `key-needed`, or `unknown-column` for the subject.
        """
        key, scale = self.key(context), self.options.number("scale") or 1.0
        noise = NOISES[self.options.text("distribution")]
        numbers = as_numbers(values, context.dtype)
        drawn_by = context.content
        if self.options["subject"] is not None:
            subject = self.beside("subject", context).fill_null(NOTHING)
            drawn_by = pl.concat_str(
                subject, cell_content(numbers, pl.Float64()), separator=BETWEEN
            )
        pairs = pl.struct(numbers.alias("number"), drawn_by.alias("drawn by"))
        noisy = elementwise(pairs, lambda both: _noisy(both, key, noise, scale), pl.Float64())
        if context.dtype.is_integer():
            return noisy.round().cast(pl.Int64, strict=False)
        return noisy


def _noisy(pairs: pl.Series, key: Key, noise: Noise, scale: float) -> pl.Series:
    numbers = pairs.struct.field("number")
    words = cmac_words(pairs.struct.field("drawn by"), key.reveal())
    with np.errstate(over="ignore"):
        changed = noise(
            numbers.fill_null(0).to_numpy(), uniform(words[:, 0]), uniform(words[:, 1]), scale
        )
    answer = pl.Series(pairs.name, changed, dtype=pl.Float64)
    return answer.set(numbers.is_null() | ~answer.is_finite(), None)
