"""What to do with which column: load, validate, propose."""

from desensitize.policy.column_rule import INTERVAL_MASKS, ROLES, ColumnRule
from desensitize.policy.drawing import Drawing
from desensitize.policy.model import ORDERS, PERSONAL_ROLES, Policy
from desensitize.policy.proposal import propose_policy
from desensitize.policy.templates import TEMPLATES, policy_from_template
from desensitize.policy.toml import dump_policy, load_policy
from desensitize.privacy import METHODS

__all__ = [
    "INTERVAL_MASKS",
    "METHODS",
    "ORDERS",
    "PERSONAL_ROLES",
    "ROLES",
    "TEMPLATES",
    "ColumnRule",
    "Drawing",
    "Policy",
    "dump_policy",
    "load_policy",
    "policy_from_template",
    "propose_policy",
]
