from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class HierarchySet(Fact):
    """An officer decided what the values of a column become; `position` is the column's place."""

    kind = "preparation.hierarchy_set"
    label = _("Hierarchy set")
    position: int
    digest: str
    levels: int


@dataclass(frozen=True, kw_only=True)
class HierarchyCleared(Fact):
    """An officer let the hierarchy of a column be made from its values again."""

    kind = "preparation.hierarchy_cleared"
    label = _("Hierarchy made from the data again")
    position: int
