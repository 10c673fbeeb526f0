"""Whether somebody has said why they look at raw values: asked by every door that shows some."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.preparation import policies
from marketplace.preparation.models import Look, without_values

LASTS = timedelta(minutes=30)
"""For how long a look opens the values that it names, to the person who opened it."""


def looks_visible_to(by: Actor) -> QuerySet[Look]:
    """Return every look to the centre's staff, else those at the data of one's organization."""
    rows = Look.objects.select_related("version__dataset")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(version__dataset__organization_id=by.organization_id)


def looks_at(version: DatasetVersion) -> QuerySet[Look]:
    """Return the looks at a version, newest first. The caller has checked who may see it."""
    return Look.objects.filter(version=version)


def look_in_force(version: DatasetVersion, *, column: str = "", by: Actor) -> Look | None:
    """Find the actor's look at a few rows, or at all values of a column, while it lasts."""
    looks = _lasting(version, by).filter(is_whole_column=bool(column))
    return next((look for look in looks if not column or look.columns == [column]), None)


def columns_looked_at(version: DatasetVersion, *, by: Actor) -> frozenset[str]:
    """Return the columns at all values of which the actor has a look that lasts."""
    looks = _lasting(version, by).filter(is_whole_column=True)
    return frozenset(look.columns[0] for look in looks)


def _lasting(version: DatasetVersion, by: Actor) -> QuerySet[Look]:
    if by.person_id is None:
        return Look.objects.none()
    return Look.objects.filter(
        version=version, person_id=by.person_id, created_at__gt=clock.now() - LASTS
    )


def refuse_unless_looking(version: DatasetVersion, *, column: str = "", by: Actor) -> None:
    """Refuse to show raw values to whoever has not said why they look at them.

    Raises:
        WrongState: no look of theirs lasts (`look-needed`).
    """
    if look_in_force(version, column=column, by=by) is None:
        raise look_needed()


def look_needed() -> WrongState:
    """Return the refusal of raw values to whoever has not said why they look at them."""
    return WrongState(
        _(
            "Say first why you look at raw values: open a look. It is recorded with your name and "
            "lasts for half an hour."
        ),
        code="look-needed",
    )


def shown_policy(version: DatasetVersion, document: dict[str, Any], *, by: Actor) -> dict[str, Any]:
    """Return a policy to who decides on it, with the values of levels at which they have a look.

    Whoever decides gets it whole, so that it can be sent back; whoever only reads gets no values.

    Raises:
        WrongState: the actor decides, and has no look at a column whose levels it lists.
    """
    if not policies.may_mask(by, version.dataset):
        return without_values(document)
    for rule in document["columns"]:
        if "hierarchy" in rule.get("options", {}):
            refuse_unless_looking(version, column=rule["name"], by=by)
    return document
