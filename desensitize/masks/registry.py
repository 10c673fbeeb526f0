"""All masks by name."""

from collections.abc import Mapping
from types import MappingProxyType

from desensitize.errors import DesensitizeError, nearest
from desensitize.masks.add_noise import AddNoise
from desensitize.masks.cmac_pseudonym import CmacPseudonym
from desensitize.masks.constant import Constant
from desensitize.masks.contract import Mask, MaskDescription
from desensitize.masks.drop import Drop
from desensitize.masks.ff1 import Ff1Encryption
from desensitize.masks.generalize import Generalize
from desensitize.masks.generalize_bins import GeneralizeBins
from desensitize.masks.hierarchy import HierarchyLevel
from desensitize.masks.invent import Invent
from desensitize.masks.keep import Keep
from desensitize.masks.mask_text import MaskText
from desensitize.masks.microaggregate import Microaggregate
from desensitize.masks.partial import Partial
from desensitize.masks.pseudonym import Pseudonym
from desensitize.masks.redact import Redact
from desensitize.masks.sample import Sample
from desensitize.masks.shift_dates import ShiftDates
from desensitize.masks.surrogate_id import SurrogateId
from desensitize.masks.swap import Swap
from desensitize.masks.tokenize import Tokenize
from desensitize.masks.top_bottom_code import TopBottomCode
from desensitize.masks.truncate_coordinates import TruncateCoordinates
from desensitize.masks.truncate_date import TruncateDate

ALL: tuple[type[Mask], ...] = (
    Keep,
    Drop,
    Redact,
    Partial,
    Constant,
    Pseudonym,
    CmacPseudonym,
    Tokenize,
    SurrogateId,
    Ff1Encryption,
    Invent,
    MaskText,
    GeneralizeBins,
    HierarchyLevel,
    TruncateDate,
    TruncateCoordinates,
    ShiftDates,
    TopBottomCode,
    AddNoise,
    Microaggregate,
    Swap,
    Sample,
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
        DesensitizeError: `unknown-mask`, `unknown-option`, `missing-option` or `bad-option`.
    """
    if name not in MASKS:
        raise DesensitizeError("unknown-mask", name=name, nearest=nearest(name, MASKS))
    return MASKS[name](options)


def describe() -> tuple[MaskDescription, ...]:
    """Describe every mask with its options, in the order in which a form should offer them."""
    return tuple(mask.description for mask in ALL)
