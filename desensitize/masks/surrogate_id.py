"""Replace Chinese identity numbers by valid ones that only the key leads back from."""

from collections.abc import Mapping

import polars as pl

from desensitize.crypto import Key
from desensitize.errors import DesensitizeError
from desensitize.masks.contract import (
    CODES,
    MaskContext,
    MaskDescription,
    ReversibleMask,
    elementwise,
)
from desensitize.masks.id_space import IdSpace
from desensitize.masks.options import PURPOSE, OptionDescription
from desensitize.masks.texts import as_text

# Numbers of 15 digits hold two digits of the year, and were given out in one century.
SHORT_YEARS = (1900, 1999)


class SurrogateId(ReversibleMask):
    """Replace a resident identity number by another valid one (GB 11643-1999).

    Region, date of birth and check character are valid, and the key's holder can recover the
    original: the numbers of all regions, dates and sequences are counted through, and the place of
    one is encrypted by FF1 (NIST SP 800-38G) among them. 18 characters become 18, the 15 digits of
    old numbers 15. Nulls stay null; what is no such number, with a region of GB/T 2260 and a year
    from `first_year` to `last_year`, becomes null. A surrogate may by chance be a living person's
    number: never use one as if it were issued.
    """

    description = MaskDescription(
        "surrogate_id",
        (
            OptionDescription("first_year", "integer", default=1900, minimum=1800, maximum=2200),
            OptionDescription("last_year", "integer", default=2025, minimum=1800, maximum=2200),
            PURPOSE,
        ),
        reversible=True,
        pseudonymous=True,
        needs_key=True,
        takes=CODES,
    )

    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__(options)
        first = self.options.integer("first_year")
        if self.options.integer("last_year") < first:
            raise DesensitizeError(
                "bad-option",
                mask=self.description.name,
                option="last_year",
                expected=f"a whole number of at least {first}",
            )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the surrogates as text.

        Raises:
            DesensitizeError: `key-needed` when there are no keys.
        """
        return self._changed(values, context, encrypt=True)

    def recovery(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the original numbers, with a capital X."""
        return self._changed(values, context, encrypt=False)

    def _changed(self, values: pl.Expr, context: MaskContext, *, encrypt: bool) -> pl.Expr:
        key = self.key(context)
        years = self.options.integer("first_year"), self.options.integer("last_year")

        def change(texts: pl.Series) -> pl.Series:
            return _exchanged(texts, key, years, encrypt=encrypt)

        return elementwise(as_text(values, context.dtype), change)


def _exchanged(texts: pl.Series, key: Key, years: tuple[int, int], *, encrypt: bool) -> pl.Series:
    numbers = texts.str.strip_chars().str.to_uppercase()
    long = IdSpace(*years, length=18).exchanged(numbers, key.reveal(), encrypt=encrypt)
    if not (numbers.str.len_bytes() == 15).any():
        return long
    short = IdSpace(*SHORT_YEARS, length=15).exchanged(numbers, key.reveal(), encrypt=encrypt)
    return long.zip_with(long.is_not_null(), short)
