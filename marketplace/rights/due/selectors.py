from datetime import date

from django.db.models import F, Q, QuerySet

from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.objection.models import Objection
from marketplace.rights.objection.selectors import objections_visible_to
from marketplace.rights.objection.states import ObjectionState

EXAMINED = Q(state=ClaimState.SUBMITTED, reply_due_on__isnull=False) | Q(
    state__in=(ClaimState.ACCEPTED, ClaimState.UNDER_REVIEW, ClaimState.PUBLIC_NOTICE),
    decision_due_on__isnull=False,
)
COMPLETED = Q(
    state__in=(ClaimState.SUPPLEMENT_ACCEPTANCE, ClaimState.SUPPLEMENT_REVIEW),
    supplement_due_on__isnull=False,
)

UNTOLD = Q(notify_due_on__isnull=False, holder_told_at__isnull=True)
"""Objections of which the holder of a certified right was not notified yet."""


def claims_due(by: Actor) -> QuerySet[Claim]:
    """Return the claims of which something is due by the actor: a reviewer's, or an officer's."""
    rows = claims_visible_to(by)
    if by.has(Role.REVIEWER):
        return rows.filter(EXAMINED)
    return rows.filter(COMPLETED) if by.has(Role.OFFICER) else rows.none()


def objections_due(by: Actor) -> QuerySet[Objection]:
    """Return the objections that the actor has to decide or tell of, those due first first."""
    rows = objections_visible_to(by).filter(state=ObjectionState.OPEN).order_by("due_on")
    return rows if by.has(Role.REVIEWER) else rows.none()


def certificates_due(by: Actor, *, on: date) -> QuerySet[Certificate]:
    """Return the actor's certificates whose renewal may be asked for."""
    own = by.organization_id
    if own is None or not by.has(Role.OFFICER, Role.BUYER):
        return Certificate.objects.none()
    rows = certificates_visible_to(by)
    if not by.has(Role.OFFICER):
        rows = rows.exclude(dataset__organization_id=own)
    return rows.filter(
        organization_id=own,
        state=CertificateState.IN_FORCE,
        renewal_from__lte=on,
        valid_until__gt=on,
    )


def transfers_to_join(by: Actor) -> QuerySet[Claim]:
    """Return the transfers to the actor's organization that it has not joined yet."""
    if by.organization_id is None or not by.has(Role.OFFICER, Role.BUYER):
        return Claim.objects.none()
    return claims_visible_to(by).filter(
        organization_id=by.organization_id,
        state=ClaimState.DRAFT,
        kind=ClaimKind.TRANSFER,
        joined_by_id=None,
    )


def claims_to_remind(until: date) -> QuerySet[Claim]:
    """Return the claims of which something is due by a day, and nobody was reminded of it."""
    return Claim.objects.select_related("preceding__organization").filter(
        _soon(EXAMINED & Q(state=ClaimState.SUBMITTED), "reply_due_on", until)
        | _soon(COMPLETED, "supplement_due_on", until)
        | _soon(EXAMINED & ~Q(state=ClaimState.SUBMITTED), "decision_due_on", until)
    )


def objections_to_remind(until: date) -> QuerySet[Objection]:
    """Return the objections to be decided by a day of which nobody was reminded."""
    rows = Objection.objects.select_related("claim__preceding__organization")
    is_open, is_told = Q(state=ObjectionState.OPEN), ~Q(UNTOLD)
    return rows.filter(
        _soon(is_open & UNTOLD, "notify_due_on", until) | _soon(is_open & is_told, "due_on", until)
    )


def certificates_to_remind(today: date, until: date) -> QuerySet[Certificate]:
    """Return the certificates that end by a day and of whose renewal nobody was reminded again."""
    return Certificate.objects.select_related("claim__preceding__organization").filter(
        state=CertificateState.IN_FORCE,
        was_renewal_announced=True,
        valid_until__gt=today,
        valid_until__lte=until,
        reminded_of__isnull=True,
    )


def _soon(rows: Q, field: str, until: date) -> Q:
    anew = Q(reminded_of__isnull=True) | ~Q(reminded_of=F(field))
    return rows & Q(**{f"{field}__lte": until}) & anew
