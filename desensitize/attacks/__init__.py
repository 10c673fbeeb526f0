"""Attackers, one file each: what somebody reaches who holds a release and knows something."""

from desensitize.attacks.contract import Attack, Attacker, Earlier, Play, Release
from desensitize.attacks.excess import EXACT, Share, weigh
from desensitize.attacks.reasons import Reason

__all__ = [
    "EXACT",
    "Attack",
    "Attacker",
    "Earlier",
    "Play",
    "Reason",
    "Release",
    "Share",
    "weigh",
]
