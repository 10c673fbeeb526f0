"""Who reads all things of the centre, and who keeps its books."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core import Actor

Row = TypeVar("Row", bound=Model)


def is_centre_staff(by: Actor) -> bool:
    """Return whether the actor reviews, watches or runs the centre, and so sees all things."""
    return by.is_system or by.has(Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR)


def rows_of_holder(rows: QuerySet[Row], by: Actor, *, holder: str) -> QuerySet[Row]:
    """Return all rows to the centre's staff, else those whose `holder` the actor acts for."""
    if is_centre_staff(by):
        return rows
    return rows.filter(**{holder: by.organization_id}) if by.organization_id else rows.none()


def is_centre_finance(by: Actor) -> bool:
    """Return whether the actor is a finance officer of the centre, who keeps its books."""
    return by.has(Role.FINANCE) and by.organization_kind == OrganizationKind.CENTRE
