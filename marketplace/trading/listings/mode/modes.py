"""Every way of delivery: a plain list, since no package may open a new way out."""

from collections.abc import Callable, Sequence
from types import MappingProxyType

from marketplace.core.choices import named_in_api
from marketplace.trading.listings.mode.api import API
from marketplace.trading.listings.mode.base import Mode, Words
from marketplace.trading.listings.mode.file import FILE
from marketplace.trading.listings.mode.report import REPORT
from marketplace.trading.listings.mode.right import RIGHT
from marketplace.trading.listings.mode.sandbox import SANDBOX
from marketplace.trading.listings.mode.scoring import SCORING
from marketplace.trading.listings.mode.sharing import SHARING

ALL = (FILE, API, SHARING, SANDBOX, REPORT, SCORING, RIGHT)
MODES = MappingProxyType({mode.name: mode for mode in ALL})
"""Each by its name, in the order in which forms offer them."""


@named_in_api("DeliveryChoice")
def modes_to_choose() -> Sequence[tuple[str, Words]]:
    return [(mode.name, mode.label) for mode in ALL]


def names_where(fits: Callable[[Mode], bool]) -> list[str]:
    """Return the names of the modes that fit, for a query."""
    return [mode.name for mode in ALL if fits(mode)]


def label_of(name: str) -> str:
    """Return what a mode is called, or its name where it is not one of today's."""
    return str(MODES[name].label) if name in MODES else name
