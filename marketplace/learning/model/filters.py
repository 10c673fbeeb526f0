from django.utils.translation import gettext_lazy as _

from marketplace.learning.model.models import TrainedModel
from marketplace.web.lists import Day, Facet, ListFilters, Words


class ModelFilters(ListFilters):
    q = Words("title", "version__dataset__title")
    state = Facet.of(TrainedModel, "state")
    since = Day(_("Trained from"), "created_at", "gte")
    until = Day(_("Trained until"), "created_at", "lte")
