"""The commands, one file each: its arguments and what it does."""

from types import ModuleType

from desensitize.commands import anonymize, mask, policy, risk, scan

COMMANDS: dict[str, ModuleType] = {
    "scan": scan,
    "mask": mask,
    "anonymize": anonymize,
    "risk": risk,
    "policy": policy,
}
