"""What is refused to buyers from abroad, and who records what lets them buy."""

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.grading import Grade
from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.trading.listings.abroad.selectors import may_go_abroad
from marketplace.trading.listings.listing.models import Listing


def check_record_security_assessment(listing: Listing, by: Actor) -> UUID:
    """Return the reviewer who records a security assessment.

    Raises:
        NotAllowed: the actor is no reviewer, or belongs to the seller.
        WrongState: the data is not important, so that none is needed (`assessment-not-needed`).
    """
    is_theirs = by.belongs_to(listing.organization_id)
    if not by.has(Role.REVIEWER) or by.person_id is None or is_theirs:
        raise NotAllowed(_("Only a reviewer of the centre who is not of this organization can."))
    if listing.revision.version.described.grade != Grade.IMPORTANT:
        raise WrongState(
            _("This data is not graded important: no security assessment is asked for."),
            code="assessment-not-needed",
        )
    return by.person_id


def check_abroad(listing: Listing, buyer: Organization) -> None:
    """Refuse important data to a buyer from abroad, in whatever way it is delivered.

    Whoever asks a sandbox from abroad is provided with the data abroad, too.

    Raises:
        WrongState: no security assessment in date is recorded (`security-assessment-missing`).
    """
    grade = listing.revision.version.described.grade
    if not buyer.is_abroad or grade != Grade.IMPORTANT:
        return
    if may_go_abroad(listing.product.dataset, buyer):
        return
    raise WrongState(
        _(
            "This is important data, and the buyer is from abroad. It is provided only after the "
            "security assessment of the cyberspace authority (Data Security Law, article 31). "
            "Have the seller apply for it, and the centre record its reference."
        ),
        code="security-assessment-missing",
    )
