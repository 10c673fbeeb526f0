from django.utils.translation import gettext_lazy as _

from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.web.lists import Day, Facet, ListFilters, Words


class ProposalFilters(ListFilters):
    q = Words("organization__name", "reason")
    state = Facet.of(ChangeProposal, "state")
    kind = Facet.of(ChangeProposal, "kind")
    since = Day(_("Proposed from"), "created_at", "gte")
    until = Day(_("Proposed until"), "created_at", "lte")
