"""Masks: one file each, all in one registry."""

from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import OptionDescription
from desensitize.masks.registry import MASKS, describe, make_mask

__all__ = [
    "MASKS",
    "Mask",
    "MaskContext",
    "MaskDescription",
    "OptionDescription",
    "describe",
    "make_mask",
]
