"""What every app stands on; no models of its own, no HTTP.

The words that acts, rules and doors are written in are imported from here; what few modules need,
and what only loads once Django's apps have (`records`, `terms`), from its module.
"""

from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, NotFound, Refusal, WrongState
from marketplace.core.locking import locked, share_locked, visible
from marketplace.core.money import MoneyField, to_cents
from marketplace.core.reasons import longest_of, text_digest
from marketplace.core.rules import Allowed, Rule, allowed, is_open
from marketplace.core.scopes import Scope
from marketplace.core.states import StateMachine

__all__ = [
    "Actor",
    "Allowed",
    "Door",
    "Invalid",
    "MoneyField",
    "NotAllowed",
    "NotFound",
    "Refusal",
    "Rule",
    "Scope",
    "StateMachine",
    "WrongState",
    "allowed",
    "is_open",
    "locked",
    "longest_of",
    "share_locked",
    "text_digest",
    "to_cents",
    "visible",
]
