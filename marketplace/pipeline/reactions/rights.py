"""A claim or certificate moved on: tell whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from marketplace.accounts.models import Person
from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import people_with_role
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.notices.services.notices import notify
from marketplace.notices.texts import NoticeKind
from marketplace.pipeline.things import PIPELINE, id_of, page_of, title_of
from marketplace.rights.models import Objection
from marketplace.rights.selectors import (
    certificates_visible_to,
    claims_visible_to,
    objections_visible_to,
)


def tell_claimant(entry: Entry) -> None:
    """Tell the claimant's officers that their claim moved on."""
    claim = visible(claims_visible_to(PIPELINE), pk=id_of(entry.subject))
    _tell(
        people_with_role(Role.OFFICER, organization_id=claim.organization_id),
        NoticeKind.CLAIM_ANSWERED,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def tell_of_objection(entry: Entry) -> None:
    """Tell the claimant's officers and the reviewers that somebody objected."""
    objection = _objection(entry)
    claimants = people_with_role(Role.OFFICER, organization_id=objection.claim.organization_id)
    _tell(
        [*claimants, *people_with_role(Role.REVIEWER)],
        NoticeKind.OBJECTION_RAISED,
        entry,
        objection.claim.dataset.title,
        reverse("objection_detail", args=[objection.pk]),
    )


def tell_of_decided_objection(entry: Entry) -> None:
    """Tell the claimant's officers, and everybody who acts for the objector, how it ended."""
    _tell_parties(entry, NoticeKind.OBJECTION_DECIDED)


def tell_of_referred_objection(entry: Entry) -> None:
    """Tell the same people that it is before a court or arbitrator."""
    _tell_parties(entry, NoticeKind.OBJECTION_REFERRED)


def _tell_parties(entry: Entry, kind: NoticeKind) -> None:
    objection = _objection(entry)
    claimants = people_with_role(Role.OFFICER, organization_id=objection.claim.organization_id)
    objectors = [
        person
        for role in (Role.OFFICER, Role.BUYER)
        for person in people_with_role(role, organization_id=objection.organization_id)
    ]
    _tell(
        [*claimants, *objectors],
        kind,
        entry,
        objection.claim.dataset.title,
        reverse("objection_detail", args=[objection.pk]),
    )


def tell_holder(entry: Entry) -> None:
    """Tell the officers of a certificate's holder that it changed."""
    certificate = visible(certificates_visible_to(PIPELINE), pk=id_of(entry.subject))
    _tell(
        people_with_role(Role.OFFICER, organization_id=certificate.organization_id),
        NoticeKind.CERTIFICATE_CHANGED,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def tell_of_renewal(entry: Entry) -> None:
    """Tell the officers of a certificate's holder that they may renew it now."""
    certificate = visible(certificates_visible_to(PIPELINE), pk=id_of(entry.subject))
    _tell(
        people_with_role(Role.OFFICER, organization_id=certificate.organization_id),
        NoticeKind.RENEWAL_OPENED,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def _objection(entry: Entry) -> Objection:
    return visible(objections_visible_to(PIPELINE), pk=id_of(entry.subject))


def _tell(people: Iterable[Person], kind: NoticeKind, entry: Entry, thing: str, url: str) -> None:
    notify(
        people=people,
        kind=kind,
        subject=entry.subject,
        parameters={"thing": thing},
        url=url,
        by=PIPELINE,
    )
