"""Find the element that a column's name stands for."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import get_language

from desensitize.tables.header import plain_name

FILE = Path(__file__).with_name("library.toml")


@dataclass(frozen=True)
class Element:
    """What columns of some names are; `codes` has the meaning of each code, by language.

    Without `themes` it holds in data of every theme. `source` is the standard, "" for none.
    """

    names: tuple[str, ...]
    source: str
    themes: frozenset[str]
    meanings: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]

    @property
    def meaning(self) -> str:
        return self.meanings[_language()]

    def code_list(self, values: Iterable[str]) -> str:
        """Return its codes, one `code = meaning` a line, where each of the values is one of them.

        Only the codes that occur are listed: what does not is no news about this column.
        """
        codes = self.codes[_language()]
        wanted = sorted(set(values))
        if not wanted or not set(wanted) <= set(codes):
            return ""
        return "\n".join(f"{code} = {codes[code]}" for code in wanted)


def _language() -> str:
    return "zh" if (get_language() or "").startswith("zh") else "en"


@cache
def elements() -> Mapping[str, tuple[Element, ...]]:
    """Return the elements by the plain form of each of their names."""
    found: dict[str, tuple[Element, ...]] = {}
    for each in tomllib.loads(FILE.read_text(encoding="utf-8"))["element"]:
        element = Element(
            names=tuple(each["names"]),
            source=each["source"],
            themes=frozenset(each.get("themes", ())),
            meanings=each["meaning"],
            codes={"zh": each.get("codes", {}), "en": each.get("codes_en", {})},
        )
        for name in element.names:
            found[plain_name(name)] = (*found.get(plain_name(name), ()), element)
    return MappingProxyType(found)


def element_of(name: str, theme: str) -> Element | None:
    """Find the one element that a name stands for in data of a theme."""
    fitting = [
        element
        for element in elements().get(plain_name(name), ())
        if not element.themes or theme in element.themes
    ]
    return fitting[0] if len(fitting) == 1 else None
