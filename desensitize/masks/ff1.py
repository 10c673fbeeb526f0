"""Encrypt numbers so that they keep their form."""

from collections.abc import Callable, Mapping

import polars as pl

from desensitize.crypto import Ff1
from desensitize.crypto.numerals import LARGEST_RADIX, LEAST_RADIX
from desensitize.errors import DesensitizeError
from desensitize.masks.contract import (
    CODES,
    Kernel,
    MaskContext,
    MaskDescription,
    ReversibleMask,
    elementwise,
)
from desensitize.masks.options import PURPOSE, OptionDescription
from desensitize.masks.texts import as_text

LONGEST_TWEAK = 64


class Ff1Encryption(ReversibleMask):
    """Encrypt by FF1 (NIST SP 800-38G): the length stays, and the separators where they are.

    Numerals are digits, small letters and capitals in this order, the first `radix` of them. A
    value with any other character, shorter than a million possible values, or longer than 256
    bytes becomes null; nulls stay null. The tweak is the beginning of the column's name.
    """

    description = MaskDescription(
        "ff1",
        (
            OptionDescription(
                "radix", "integer", default=10, minimum=LEAST_RADIX, maximum=LARGEST_RADIX
            ),
            OptionDescription("separators", "text", default=" -"),
            PURPOSE,
        ),
        reversible=True,
        pseudonymous=True,
        needs_key=True,
        takes=CODES,
    )

    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__(options)
        try:
            self._cipher(bytes(32), b"")
        except DesensitizeError as error:
            raise DesensitizeError(
                "bad-option",
                mask=self.description.name,
                option="separators",
                expected="ASCII characters that are no numerals of the radix",
            ) from error

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the encrypted values as text.

        Raises:
            DesensitizeError: `key-needed` when there are no keys.
        """
        return elementwise(as_text(values, context.dtype), self._kernel(context, Ff1.encrypt))

    def recovery(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the decrypted values as text."""
        return elementwise(as_text(values, context.dtype), self._kernel(context, Ff1.decrypt))

    def _kernel(
        self, context: MaskContext, change: Callable[[Ff1, pl.Series], pl.Series]
    ) -> Kernel:
        key, tweak = self.key(context), context.column.encode("utf-8")[:LONGEST_TWEAK]
        # A cipher has room for one batch at a time, and its tables cost as much as a small one.
        idle: list[Ff1] = []

        def changed(texts: pl.Series) -> pl.Series:
            try:
                cipher = idle.pop()
            except IndexError:
                cipher = self._cipher(key.reveal(), tweak)
            answer = change(cipher, texts)
            idle.append(cipher)
            return answer

        return changed

    def _cipher(self, key: bytes, tweak: bytes) -> Ff1:
        return Ff1(
            key,
            tweak,
            radix=self.options.integer("radix"),
            separators=self.options.text("separators"),
        )
