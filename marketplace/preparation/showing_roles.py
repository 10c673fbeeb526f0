"""Relabelled columns on a page: with values for who confirms them and has said why they look."""

from __future__ import annotations

from typing import Any

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import Actor
from marketplace.preparation.forms import LookForm
from marketplace.preparation.looking import look_in_force
from marketplace.preparation.models import LookReason, MaskingPolicy
from marketplace.preparation.roles_in_words import roles_in_words


def roles_on_page(
    policy: MaskingPolicy | None, source: DatasetVersion | None, *, by: Actor, onward: str
) -> dict[str, Any]:
    """Return what a policy relabels, and the form that asks why somebody looks, where it has to.

    `source` is the version whose values the actor may see, None where they need none; `onward` is
    the address of the page.
    """
    is_open = source is not None and look_in_force(source, by=by) is not None
    roles = roles_in_words(policy, source=source if is_open else None)
    asks = bool(roles) and source is not None and not is_open and not source.raw_destroyed_at
    first = {"reason": LookReason.ROLES, "onward": onward}
    # Beside forms that ask for a reason too.
    look = LookForm(initial=first, auto_id="look_%s") if asks else None
    return {"roles": roles, "looked_at": source, "look": look}
