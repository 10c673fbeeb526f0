from django.utils.translation import gettext_lazy as _

from marketplace.learning.run.models import TrainingRun
from marketplace.web.lists import Day, Facet, ListFilters, Words


class TrainingRunFilters(ListFilters):
    q = Words("title", "version__dataset__title")
    state = Facet.of(TrainingRun, "state")
    since = Day(_("Requested from"), "created_at", "gte")
    until = Day(_("Requested until"), "created_at", "lte")
