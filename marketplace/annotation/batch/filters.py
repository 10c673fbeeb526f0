from marketplace.annotation.project.models import LabellingProject
from marketplace.web.lists import Facet, ListFilters, Words


class WorkFilters(ListFilters):
    """Projects open to an annotator, by what they are told of them."""

    q = Words("title")
    kind = Facet.of(LabellingProject, "kind")
