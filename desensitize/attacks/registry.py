"""All attackers by name, in the order in which a report tells of them."""

from collections.abc import Mapping
from types import MappingProxyType

from desensitize.attacks import (
    composition,
    inference,
    linkage,
    membership,
    position,
    singling_out,
)
from desensitize.attacks.contract import Attacker

NAMES = ("position", "singling out", "linkage", "inference", "membership", "composition")
"""Every attacker that a verdict needs; where one is missing below, nothing is anonymous."""

ATTACKERS: Mapping[str, Attacker] = MappingProxyType(
    {
        position.NAME: position.position,
        singling_out.NAME: singling_out.singling_out,
        linkage.NAME: linkage.linkage,
        inference.NAME: inference.inference,
        membership.NAME: membership.membership,
        composition.NAME: composition.composition,
    }
)
