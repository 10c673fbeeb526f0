from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificate_of_claim, certificates_of_right
from marketplace.rights.claim.models import Claim
from marketplace.rights.remark.choices import FREEZING
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.states import REMARKED, UNCONFIRMED


def remarks_visible_to(by: Actor) -> QuerySet[Remark]:
    """Return the remarks on the certificates that the actor may see."""
    rows = Remark.objects.select_related("certificate__dataset")
    if is_centre_staff(by):
        return rows
    own = by.organization_id
    return rows.filter(certificate__organization_id=own) if own else rows.none()


def remarks_of(certificate: Certificate) -> QuerySet[Remark]:
    """Return all remarks on a certificate, oldest first, to a caller who may see it.

    Among them are those on another certificate of the same right that take its use away.
    """
    of_the_right = Q(
        kind__in=sorted(FREEZING),
        certificate_id__in=certificates_of_right(certificate).order_by().values("pk"),
    )
    rows = Remark.objects.select_related("certificate")
    return rows.filter(Q(certificate=certificate) | of_the_right)


def remarks_in_force(certificate: Certificate) -> QuerySet[Remark]:
    """Return the remarks that hold on a certificate, oldest first; anybody may read them."""
    return remarks_of(certificate).filter(state__in=sorted(REMARKED))


def is_held_by_remark(certificate: Certificate) -> bool:
    """Return whether a freeze by a court or a control by an authority holds a right."""
    return remarks_in_force(certificate).filter(kind__in=sorted(FREEZING)).exists()


def own_remarks_in_force(certificate: Certificate) -> QuerySet[Remark]:
    """Return the remarks that hold on this certificate alone, such as agreed terms."""
    rows = Remark.objects.filter(certificate=certificate, state__in=sorted(REMARKED))
    return rows.exclude(kind__in=sorted(FREEZING))


def unconfirmed_remarks(by: Actor) -> QuerySet[Remark]:
    """Return the remarks that wait for a second reviewer, oldest first."""
    return remarks_visible_to(by).filter(state__in=sorted(UNCONFIRMED)).order_by("created_at")


def published_remarks(claim: Claim) -> QuerySet[Remark]:
    """Return the remarks that hold on the certificate of a published claim, for everybody."""
    certificate = certificate_of_claim(claim)
    return Remark.objects.none() if certificate is None else remarks_in_force(certificate)
