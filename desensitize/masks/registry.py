"""All masks by name."""

from collections.abc import Mapping
from types import MappingProxyType

from desensitize.errors import DesensitizeError, nearest
from desensitize.masks.constant import Constant
from desensitize.masks.contract import Mask, MaskDescription
from desensitize.masks.drop import Drop
from desensitize.masks.generalize import Generalize
from desensitize.masks.generalize_bins import GeneralizeBins
from desensitize.masks.hierarchy import HierarchyLevel
from desensitize.masks.keep import Keep
from desensitize.masks.partial import Partial
from desensitize.masks.pseudonym import Pseudonym
from desensitize.masks.redact import Redact
from desensitize.masks.top_bottom_code import TopBottomCode
from desensitize.masks.truncate_date import TruncateDate

ALL: tuple[type[Mask], ...] = (
    Keep,
    Drop,
    Redact,
    Partial,
    Constant,
    Pseudonym,
    GeneralizeBins,
    HierarchyLevel,
    TruncateDate,
    TopBottomCode,
    Generalize,
)


def by_name(masks: tuple[type[Mask], ...]) -> Mapping[str, type[Mask]]:
    """Index masks by name.

    Raises:
        ValueError: two masks have one name.
    """
    index: dict[str, type[Mask]] = {}
    for mask in masks:
        if mask.description.name in index:
            raise ValueError(f"Two masks are named {mask.description.name}.")
        index[mask.description.name] = mask
    return MappingProxyType(index)


MASKS = by_name(ALL)


def make_mask(name: str, options: Mapping[str, object]) -> Mask:
    """Make the mask `name` with checked options.

    Raises:
        DesensitizeError: `unknown_mask`, `unknown_option`, `missing_option` or `bad_option`.
    """
    if name not in MASKS:
        raise DesensitizeError("unknown_mask", name=name, nearest=nearest(name, MASKS))
    return MASKS[name](options)


def describe() -> tuple[MaskDescription, ...]:
    """Describe every mask with its options, in the order in which a form should offer them."""
    return tuple(mask.description for mask in ALL)
