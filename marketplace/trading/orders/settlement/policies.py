"""Who may record payments and keep the books."""

from __future__ import annotations

from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core.actor import Actor


def may_keep_books(by: Actor, organization_kind: str) -> bool:
    """The finance officers of the centre import, allocate, propose and close."""
    return by.has(Role.FINANCE) and organization_kind == OrganizationKind.CENTRE
