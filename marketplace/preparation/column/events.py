from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class HierarchySet(Fact, kind="preparation.hierarchy_set", label=_("Hierarchy set")):
    """An officer decided what the values of a column become; `position` is the column's place."""

    position: int
    digest: str
    levels: int


class HierarchyCleared(
    Fact, kind="preparation.hierarchy_cleared", label=_("Hierarchy made from the data again")
):
    """An officer let the hierarchy of a column be made from its values again."""

    position: int
