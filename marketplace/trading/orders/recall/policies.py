"""Who may read reports of re-identifications."""

from __future__ import annotations

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor


def examines(by: Actor) -> bool:
    """Reviewers read what was reported."""
    return by.has(Role.REVIEWER)
