from django.db.models import Q, QuerySet

from marketplace.accounts.models import Organization
from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.models import Dataset
from marketplace.core import Actor, clock
from marketplace.trading.listings.abroad.models import SecurityAssessment


def security_assessments_visible_to(by: Actor) -> QuerySet[SecurityAssessment]:
    """Return every assessment to the centre's staff, else those of one's data or purchases."""
    rows = SecurityAssessment.objects.select_related("dataset__organization", "buyer")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(Q(buyer=by.organization_id) | Q(dataset__organization=by.organization_id))


def may_go_abroad(dataset: Dataset, buyer: Organization) -> bool:
    """Return whether a security assessment in date lets a dataset go to a buyer."""
    rows = SecurityAssessment.objects.filter(dataset=dataset, buyer=buyer)
    return rows.filter(valid_until__gte=clock.today()).exists()
