from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.states import InquiryState


def inquiries_visible_to(by: Actor) -> QuerySet[Inquiry]:
    """Return every inquiry to the centre's staff, else those about one's data and one's own."""
    rows = Inquiry.objects.select_related("product", "listing")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(
        Q(product__organization_id=by.organization_id) | Q(organization_id=by.organization_id)
    )


def public_inquiries(product_id: UUID) -> QuerySet[Inquiry]:
    """Return what everybody reads of a product: the inquiries that are answered, newest first."""
    rows = Inquiry.objects.filter(product_id=product_id, state=InquiryState.ANSWERED)
    return rows.order_by("-answered_at", "-pk")


def open_inquiries_of(product_id: UUID, organization_id: UUID) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(
        product_id=product_id, organization_id=organization_id, state=InquiryState.ASKED
    )
