from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.web.lists import Day, Facet, ListFilters, Words


class DatasetFilters(ListFilters):
    q = Words("title", "abstract", "region", "organization__name")
    state = Facet.of(Dataset, "state")
    theme = Facet.of(Dataset, "theme")
    grade = Facet.of(Dataset, "grade")
    since = Day(_("Registered from"), "created_at", "gte")
    until = Day(_("Registered until"), "created_at", "lte")
