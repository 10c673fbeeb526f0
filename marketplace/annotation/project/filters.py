from marketplace.annotation.project.models import LabellingProject
from marketplace.web.lists import Facet, ListFilters, Words


class LabellingFilters(ListFilters):
    q = Words("title", "version__dataset__title")
    state = Facet.of(LabellingProject, "state")
    kind = Facet.of(LabellingProject, "kind")
