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
from desensitize.attacks.reasons import SHARED, Why

ALL = (
    position.ATTACKER,
    singling_out.ATTACKER,
    linkage.ATTACKER,
    inference.ATTACKER,
    membership.ATTACKER,
    composition.ATTACKER,
)
ATTACKERS: Mapping[str, Attacker] = MappingProxyType({one.name: one for one in ALL})
"""A verdict needs every one of them."""

REASONS: Mapping[str, Why] = MappingProxyType(
    {why.code: why for whys in (SHARED, *(one.reasons for one in ALL)) for why in whys}
)
"""Why a release gets its verdict, and what was left untried, by code."""
