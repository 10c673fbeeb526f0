"""An organization applied, or the centre decided on it: tell who decides, and its people."""

from __future__ import annotations

from django.urls import reverse

from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import (
    organizations_visible_to,
    people_visible_to,
    people_with_role,
)
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.things import PIPELINE, id_of

KIND_OF_FACT = {
    "accounts.organization_verified": NoticeKind.ORGANIZATION_VERIFIED,
    "accounts.organization_refused": NoticeKind.ORGANIZATION_REFUSED,
    "accounts.organization_suspended": NoticeKind.ORGANIZATION_SUSPENDED,
    "accounts.organization_reinstated": NoticeKind.ORGANIZATION_REINSTATED,
}


def tell_administrators(entry: Entry) -> None:
    """Tell the centre's administrators that an organization waits for verification."""
    organization = visible(organizations_visible_to(PIPELINE), pk=id_of(entry.subject))
    notify(
        people=people_with_role(Role.ADMINISTRATOR),
        kind=NoticeKind.ORGANIZATION_APPLIED,
        subject=entry.subject,
        parameters={"thing": organization.name},
        url=reverse("organization_detail", args=[organization.pk]),
        by=PIPELINE,
    )


def tell_organization(entry: Entry) -> None:
    """Tell everybody of an organization what the centre decided on it."""
    organization = visible(organizations_visible_to(PIPELINE), pk=id_of(entry.subject))
    notify(
        people=people_visible_to(PIPELINE).filter(organization=organization, is_active=True),
        kind=KIND_OF_FACT[entry.kind],
        subject=entry.subject,
        parameters={"thing": organization.name},
        url=reverse("organization_detail", args=[organization.pk]),
        by=PIPELINE,
    )
