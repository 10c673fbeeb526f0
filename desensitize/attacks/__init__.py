"""Attackers, one file each: what somebody reaches who holds a release and knows something."""

from desensitize.attacks.contract import Attack, Attacker, Earlier, Release
from desensitize.attacks.excess import EXACT, Share, weigh

__all__ = ["EXACT", "Attack", "Attacker", "Earlier", "Release", "Share", "weigh"]
