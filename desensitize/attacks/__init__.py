"""Attackers, one file each: what somebody reaches who holds a release and knows something."""

from desensitize.attacks.contract import Attack, Attacker, Earlier, Release
from desensitize.attacks.excess import EXACT, Share, weigh
from desensitize.attacks.reasons import SENTENCES, Reason

__all__ = [
    "EXACT",
    "SENTENCES",
    "Attack",
    "Attacker",
    "Earlier",
    "Reason",
    "Release",
    "Share",
    "weigh",
]
