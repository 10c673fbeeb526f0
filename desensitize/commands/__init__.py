"""The commands, one file each: its arguments and what it does."""

from types import ModuleType

from desensitize.commands import (
    anonymize,
    attack,
    check,
    compare,
    ff1,
    mask,
    policy,
    private_count,
    risk,
    scan,
    synthesize,
    treatments,
)

COMMANDS: dict[str, ModuleType] = {
    "scan": scan,
    "mask": mask,
    "anonymize": anonymize,
    "risk": risk,
    "attack": attack,
    "treatments": treatments,
    "check": check,
    "compare": compare,
    "policy": policy,
    "private-count": private_count,
    "synthesize": synthesize,
    "ff1": ff1,
}
