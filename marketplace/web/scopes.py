"""Which scopes open which view of the API to a token."""

from marketplace.core import Scope
from marketplace.core.scopes import EVERY


def opened_by(view: object) -> frozenset[str]:
    """Return the scopes of which a token needs one for a view; none opens one that names none."""
    if getattr(view, "is_public", False):
        return EVERY
    scope: Scope | frozenset[str] | None = getattr(view, "scope", None)
    if scope is None:
        return frozenset()
    return frozenset({scope.value}) if isinstance(scope, Scope) else scope


def scope_extension(view: object) -> dict[str, list[str]]:
    """Return what OpenAPI tells of the scopes of a view, by the name of its own that they have."""
    needed = [] if getattr(view, "is_public", False) else sorted(opened_by(view))
    return {"x-token-scopes": needed} if needed else {}
