"""Add random noise to numbers."""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.crypto import Key
from desensitize.crypto.row_random import row_words, uniform
from desensitize.masks.contract import Mask, MaskContext, MaskDescription, elementwise
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
    """Add noise of mean 0 to numbers, drawn by key and row number; whole numbers stay whole.

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
            PURPOSE,
        ),
        releases_clear=True,
        needs_key=True,
        row_keyed=True,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Answer the changed numbers.

        Raises:
            DesensitizeError: `key_needed` when there are no keys.
        """
        key, scale = self.key(context), self.options.number("scale") or 1.0
        noise = NOISES[self.options.text("distribution")]
        pairs = pl.struct(
            as_numbers(values, context.dtype).alias("number"), context.row.alias("row")
        )
        noisy = elementwise(pairs, lambda both: _noisy(both, key, noise, scale), pl.Float64())
        if context.dtype.is_integer():
            return noisy.round().cast(pl.Int64, strict=False)
        return noisy


def _noisy(pairs: pl.Series, key: Key, noise: Noise, scale: float) -> pl.Series:
    numbers = pairs.struct.field("number")
    words = row_words(pairs.struct.field("row"), key.reveal())
    with np.errstate(over="ignore"):
        changed = noise(
            numbers.fill_null(0).to_numpy(), uniform(words[:, 0]), uniform(words[:, 1]), scale
        )
    answer = pl.Series(pairs.name, changed, dtype=pl.Float64)
    return answer.set(numbers.is_null() | ~answer.is_finite(), None)
