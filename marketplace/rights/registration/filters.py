from django.utils.translation import gettext_lazy as _

from marketplace.rights.claim.models import Claim
from marketplace.web.lists import Day, Facet, ListFilters, Words


class ClaimFilters(ListFilters):
    q = Words(
        *("dataset__title", "organization__name", "certificate__number"), number=Claim.NUMBERED
    )
    state = Facet.of(Claim, "state")
    kind = Facet.of(Claim, "kind")
    since = Day(_("Submitted from"), "submitted_on", "gte")
    until = Day(_("Submitted until"), "submitted_on", "lte")
