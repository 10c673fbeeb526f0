"""A claim or certificate moved on: tell whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from marketplace.accounts.models import Person
from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import people_with_role
from marketplace.catalog.models import Dataset
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.reactions.sides import told_day
from marketplace.pipeline.things import PIPELINE, id_of, page_of, review_page_of, title_of
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.certificate.services.relying import note_reliance
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.objection.models import Objection
from marketplace.rights.objection.selectors import objections_visible_to
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import ON_MARKET
from marketplace.trading.listings.renewal.selectors import certificates_before


def tell_claimant(entry: Entry) -> None:
    """Tell the claimant's officers that their claim moved on."""
    claim = visible(claims_visible_to(PIPELINE), pk=id_of(entry.subject))
    _tell(
        _claimants(claim),
        NoticeKind.CLAIM_ANSWERED,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def tell_acquirer(entry: Entry) -> None:
    """Tell the acquirer's people that a holder wants to transfer rights to them."""
    claim = visible(claims_visible_to(PIPELINE), pk=id_of(entry.subject))
    _tell(
        _of(claim.organization_id, Role.OFFICER, Role.BUYER),
        NoticeKind.TRANSFER_OPENED,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def tell_transferor(entry: Entry) -> None:
    """Tell the holder's officers that the acquirer joined the transfer."""
    claim = visible(claims_visible_to(PIPELINE), pk=id_of(entry.subject))
    assert claim.transferor is not None
    _tell(
        people_with_role(Role.OFFICER, organization_id=claim.transferor.pk),
        NoticeKind.TRANSFER_JOINED,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def tell_of_new_holder(entry: Entry) -> None:
    """Tell the acquirer's people that the register records them as the holder."""
    certificate = visible(certificates_visible_to(PIPELINE), pk=id_of(entry.subject))
    _tell(
        _of(certificate.organization_id, Role.OFFICER, Role.BUYER),
        NoticeKind.RIGHT_TRANSFERRED,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def note_listing(entry: Entry) -> None:
    """Tell the register whether a listing rests on its certificate."""
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(entry.subject))
    if listing.certificate_id is not None:
        note_reliance(
            listing.certificate_id,
            subject=entry.subject,
            is_current=listing.state in ON_MARKET,
            by=PIPELINE,
        )


def note_renewal(entry: Entry) -> None:
    """Tell the register that a renewed listing rests on its certificate of before no more."""
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(entry.subject))
    for certificate_id in certificates_before(listing):
        note_reliance(certificate_id, subject=entry.subject, is_current=False, by=PIPELINE)


def tell_of_objection(entry: Entry) -> None:
    """Tell the claimant's officers and the reviewers that somebody objected."""
    objection = _objection(entry)
    _tell(
        [*_claimants(objection.claim), *people_with_role(Role.REVIEWER)],
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
    objectors = _of(objection.organization_id, Role.OFFICER, Role.BUYER)
    _tell(
        [*_claimants(objection.claim), *objectors],
        kind,
        entry,
        objection.claim.dataset.title,
        reverse("objection_detail", args=[objection.pk]),
    )


def tell_holder(entry: Entry) -> None:
    """Tell those who look after the holder's rights that a certificate changed."""
    certificate = visible(certificates_visible_to(PIPELINE), pk=id_of(entry.subject))
    _tell(
        _holders(certificate.organization_id, certificate.dataset),
        NoticeKind.CERTIFICATE_CHANGED,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def tell_of_due(entry: Entry) -> None:
    """Tell the reviewers, or the officers whose turn it is, that a last day is near."""
    what, kind = entry.payload["what"], entry.subject.partition(":")[0]
    people: Iterable[Person] = people_with_role(Role.REVIEWER)
    if kind == "objection":
        objection = _objection(entry)
        thing, url = objection.claim.dataset.title, reverse("objection_detail", args=[objection.pk])
    elif what == "renewal":
        certificate = visible(certificates_visible_to(PIPELINE), pk=id_of(entry.subject))
        people = _holders(certificate.organization_id, certificate.dataset)
        thing, url = title_of(entry.subject), page_of(entry.subject)
    elif what == "supplement":
        people = _claimants(visible(claims_visible_to(PIPELINE), pk=id_of(entry.subject)))
        thing, url = title_of(entry.subject), page_of(entry.subject)
    else:
        thing, url = title_of(entry.subject), review_page_of(entry.subject)
    notify(
        people=people,
        kind=NoticeKind.DUE_SOON,
        subject=entry.subject,
        parameters={
            "thing": thing,
            "due": what,
            **told_day(entry.payload["due_on"], is_counted=what != "renewal"),
        },
        url=url,
        by=PIPELINE,
    )


def tell_of_settled_claim_term(entry: Entry) -> None:
    """Tell both parties and the reviewers that a provisional last day became final."""
    if entry.subject.partition(":")[0] == "objection":
        objection = _objection(entry)
        claim, url = objection.claim, reverse("objection_detail", args=[objection.pk])
        people = _of(objection.organization_id, Role.OFFICER, Role.BUYER)
    else:
        claim = visible(claims_visible_to(PIPELINE), pk=id_of(entry.subject))
        people, url = [], page_of(entry.subject)
    notify(
        people=[*_claimants(claim), *people, *people_with_role(Role.REVIEWER)],
        kind=NoticeKind.TERM_SETTLED,
        subject=entry.subject,
        parameters={"thing": claim.dataset.title, "day": entry.payload["due_on"]},
        url=url,
        by=PIPELINE,
    )


def tell_of_remark(entry: Entry) -> None:
    """Tell the reviewers that a remark waits for a second of them."""
    _tell(
        [each for each in people_with_role(Role.REVIEWER) if each.pk != entry.person_id],
        NoticeKind.REMARK_WAITS,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def tell_of_renewal(entry: Entry) -> None:
    """Tell those who look after the holder's rights that they may renew a certificate now."""
    certificate = visible(certificates_visible_to(PIPELINE), pk=id_of(entry.subject))
    _tell(
        _holders(certificate.organization_id, certificate.dataset),
        NoticeKind.RENEWAL_OPENED,
        entry,
        title_of(entry.subject),
        page_of(entry.subject),
    )


def _claimants(claim: Claim) -> list[Person]:
    """Return who looks after the claimant's rights; of a transfer, the people of both sides."""
    people = _holders(claim.organization_id, claim.dataset)
    if claim.transferor is not None:
        people += _holders(claim.transferor.pk, claim.dataset)
    return people


def _holders(organization_id: UUID, dataset: Dataset) -> list[Person]:
    """Return an organization's officers, and its buyers too where it acquired the right."""
    is_acquired = dataset.organization_id != organization_id
    return _of(organization_id, Role.OFFICER, *([Role.BUYER] if is_acquired else []))


def _of(organization_id: UUID, *roles: Role) -> list[Person]:
    return [
        person
        for role in roles
        for person in people_with_role(role, organization_id=organization_id)
    ]


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
