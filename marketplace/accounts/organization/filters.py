from django.utils.translation import gettext_lazy as _

from marketplace.accounts.organization.models import Organization
from marketplace.web.lists import Day, Facet, ListFilters, Words


class OrganizationFilters(ListFilters):
    q = Words("name", "uscc")
    state = Facet.of(Organization, "state")
    kind = Facet.of(Organization, "kind")
    since = Day(_("Verification ends from"), "verified_until", "gte")
    until = Day(_("Verification ends until"), "verified_until", "lte")
