"""What a clause says in an ODRL policy, and how it is read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Rule = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Permission:
    """Something more that the buyer may do, within its own bounds and those of every use."""

    action: str
    bounds: Sequence[Rule] = ()
    duties: Sequence[Rule] = ()


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a clause says in a policy; nothing where ODRL has to say nothing.

    bounds: of every permission. owed: for results that are derived. permitted, forbidden, obliged:
    rules of their own. own: what ODRL has no word for, by its name under the centre's profile.
    """

    bounds: Sequence[Rule] = ()
    owed: Sequence[Rule] = ()
    permitted: Sequence[Permission] = ()
    forbidden: Sequence[Rule] = ()
    obliged: Sequence[Rule] = ()
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Policy:
    """A policy that was made here, to read the terms back from."""

    whole: Mapping[str, Any]

    @cached_property
    def permitted(self) -> dict[str, Rule]:
        """Return the permissions by their actions."""
        return {rule["action"]: rule for rule in self.whole["permission"]}

    @cached_property
    def obliged(self) -> dict[str, Rule]:
        """Return the obligations by their actions."""
        return {rule["action"]: rule for rule in self.whole.get("obligation", ())}

    @cached_property
    def bounds(self) -> dict[str, str]:
        """Return what bounds every use, by left operand."""
        return operands(self.permitted["use"])


def constraint(
    left: str, operator: str, right: str, *, kind: str = "", is_iri: bool = False
) -> Rule:
    """Return a bound of a rule; `kind` is the type of the value in XML Schema."""
    if is_iri:
        value: Any = {"@id": right}
    else:
        value = {"@value": right, "@type": f"xsd:{kind}"} if kind else right
    return {"leftOperand": left, "operator": operator, "rightOperand": value}


def operands(rule: Rule) -> dict[str, str]:
    """Return the right side of each constraint of a rule by its left side, as text."""
    found = {}
    for one in rule["constraint"]:
        right = one["rightOperand"]
        if isinstance(right, dict):
            right = right.get("@value", right.get("@id"))
        found[one["leftOperand"]] = str(right)
    return found
