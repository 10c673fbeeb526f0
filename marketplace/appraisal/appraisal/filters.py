from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.web.lists import Day, Facet, ListFilters, Words


class AppraisalFilters(ListFilters):
    q = Words("dataset__title", "organization__name")
    state = Facet.of(Appraisal, "state")
    purpose = Facet.of(Appraisal, "purpose")
    method = Facet.of(Appraisal, "method")
    since = Day(_("Valued from"), "valued_on", "gte")
    until = Day(_("Valued until"), "valued_on", "lte")
