"""What a person may be, and what an organization may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api

if TYPE_CHECKING:
    from marketplace.core.arguments import Words


@named_in_api()
class Role(TextChoices):
    OWNER = "owner", _("Owner")
    OFFICER = "officer", _("Data officer")
    REVIEWER = "reviewer", _("Reviewer")
    BUYER = "buyer", _("Buyer")
    FINANCE = "finance", _("Finance officer")
    ANNOTATOR = "annotator", _("Annotator")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Centre administrator")


@named_in_api()
class OrganizationKind(TextChoices):
    """What an organization is; decides which roles its people may hold."""

    GOVERNMENT = "government", _("Government body")
    PLATFORM = "platform", _("State-owned platform")
    COMPANY = "company", _("Company")
    SERVICE = "service", _("Third-party service")
    CENTRE = "centre", _("Trading centre")
    REGULATOR = "regulator", _("Regulator")


ROLES_OF_KIND: dict[str, frozenset[str]] = {
    OrganizationKind.GOVERNMENT: frozenset({Role.OFFICER, Role.FINANCE, Role.BUYER}),
    OrganizationKind.PLATFORM: frozenset({Role.OFFICER, Role.FINANCE, Role.BUYER}),
    OrganizationKind.COMPANY: frozenset({Role.OFFICER, Role.FINANCE, Role.BUYER}),
    OrganizationKind.SERVICE: frozenset({Role.OFFICER, Role.BUYER, Role.ANNOTATOR}),
    OrganizationKind.CENTRE: frozenset({Role.REVIEWER, Role.FINANCE, Role.ADMINISTRATOR}),
    OrganizationKind.REGULATOR: frozenset({Role.AUDITOR}),
}
"""Which roles an owner gives. Ownership is given by acts of its own, and the centre has no owners:
its administrators decide by two.

The centre reviews and never sells: its people cannot be officers or buyers.

An auditor sees everybody's things, so only a regulator, which the centre verifies, has auditors.
"""

ACTING: frozenset[str] = frozenset(set(Role.values) - {Role.ANNOTATOR})
"""Whoever holds one of these acts for their organization, and sees its data and its trade.

An annotator labels what is put before them. They act for nobody, and see their own work alone.
"""

GIVEN_ROLES = [(role.value, role.label) for role in Role if role != Role.OWNER]
"""What can be given as a role, in this order."""


def roles_to_choose(kind: str) -> list[tuple[str, Words]]:
    """Return the roles that an organization of a kind can give."""
    return [(role, label) for role, label in GIVEN_ROLES if role in ROLES_OF_KIND[kind]]


def signs_contracts(kind: str) -> bool:
    return bool(ROLES_OF_KIND[kind] & {Role.OFFICER, Role.BUYER})
