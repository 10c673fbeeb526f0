"""Replace values by invented ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from desensitize.crypto import Key, cmac_words
from desensitize.crypto.aes_blocks import Words
from desensitize.masks.contract import CODES, Mask, MaskContext, MaskDescription, elementwise
from desensitize.masks.invented import PARTS
from desensitize.masks.options import PURPOSE, OptionDescription
from desensitize.masks.texts import as_text

NUMBERS = tuple(str(number) for number in range(1, 1000))
NAME_EN = (PARTS["given_en"], (" ",), PARTS["surnames_en"])


@dataclass(frozen=True)
class Recipe:
    """List the parts that are put together, one of each."""

    parts: Sequence[Sequence[str]]

    def made(self, words: Words, name: str) -> pl.Series:
        """Put together what each pair of words chooses."""
        rest = words[:, 0].byteswap()
        text = pl.Series(name, [""] * len(rest), dtype=pl.String)
        for part in self.parts:
            size = np.uint64(len(part))
            high = rest // size
            chosen = pl.Series(part, dtype=pl.String).gather((rest - high * size).astype(np.int64))
            text, rest = text + chosen, high
        return text.alias(name)


RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "name_zh": Recipe((PARTS["surnames_zh"], PARTS["given_zh"])),
        "name_en": Recipe(NAME_EN),
        "company_zh": Recipe((PARTS["company_zh"], PARTS["trade_zh"], PARTS["form_zh"])),
        "company_en": Recipe(
            (PARTS["company_en"], (" ",), PARTS["trade_en"], (" ",), PARTS["form_en"])
        ),
        "address_zh": Recipe(
            (PARTS["city_zh"], PARTS["district_zh"], PARTS["road_zh"], NUMBERS, ("号",))
        ),
        "address_en": Recipe(
            (
                NUMBERS, (" ",), PARTS["road_en"], (" ",), PARTS["road_kind_en"], (", ",),
                PARTS["city_en"],
            )
        ),
        # A domain that is reserved for examples (RFC 2606), so that no letter ever arrives.
        "email": Recipe((*NAME_EN[:1], (".",), NAME_EN[2], NUMBERS, ("@example.org",))),
    }
)  # fmt: skip


class Invent(Mask):
    """Replace each value by an invented name, company, address or e-mail address; nulls stay null.

    Equal values get equal inventions for one recipient and purpose. There are thousands of names
    and millions of addresses, so different values often share one: do not count or join by them.
    """

    description = MaskDescription(
        "invent",
        (
            OptionDescription("kind", "choice", default="name_zh", choices=tuple(RECIPES)),
            PURPOSE,
        ),
        pseudonymous=True,
        needs_key=True,
        takes=CODES,
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the inventions as text.

        Raises:
            DesensitizeError: `key-needed` when there are no keys.
        """
        key, recipe = self.key(context), RECIPES[self.options.text("kind")]
        return elementwise(
            as_text(values, context.dtype), lambda texts: _invented(texts, key, recipe)
        )


def _invented(texts: pl.Series, key: Key, recipe: Recipe) -> pl.Series:
    words = cmac_words(texts, key.reveal())
    first, second = recipe.made(words, texts.name), recipe.made(words[:, ::-1], texts.name)
    # One that is by chance the original gives way to a second choice, or to none.
    chosen = first.zip_with((first != texts).fill_null(True), second)
    return chosen.set(((chosen == texts) | texts.is_null()).fill_null(True), None)
