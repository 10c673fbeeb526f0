"""What every clause of a licence says of itself, and what of it is asked by the rest of the centre.

A clause is a class of the values that it holds; the terms of a licence are all of them together.
Each value has two defaults. That of the dataclass is what a contract means that was signed before
the clause was there: it binds nothing more than the contract did. That of `Asked.usual` is what
an offer says whose maker leaves it out.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from enum import Enum
from typing import Any, ClassVar, get_type_hints

from marketplace.catalog.version.models import DatasetVersion
from marketplace.trading.listings.mode.base import Mode
from marketplace.trading.listings.plans import Plan
from marketplace.trading.listings.terms.clauses.asked import UNSAID, Asked
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules

Problems = dict[str, list[str]]
Facts = list[tuple[str, str]]


class Group(Enum):
    """What stands together on a form, in this order."""

    USE = "use"
    TIME = "time"
    RESULTS = "results"
    DATA = "data"


class Place(Enum):
    """Where in a contract a clause stands: its number there, and what it is about."""

    PART = "part"
    REVISIONS = "revisions"
    RIGHTS = "rights"
    PERMITTED = "permitted"
    RESTRICTED = "restricted"
    DELIVERY = "delivery"
    ACCEPTANCE = "acceptance"
    RESULTS = "results"
    DELETION = "deletion"
    AUDIT = "audit"
    DISPUTES = "disputes"
    SIGNING = "signing"


@dataclass(frozen=True, kw_only=True)
class OfferedAs:
    """What is sold under the terms: which version, how it is paid, and how it is delivered."""

    version: DatasetVersion
    plan: Plan
    mode: Mode


@dataclass(frozen=True, kw_only=True)
class InForce:
    """How far a signed order has come, as an amendment of it finds it.

    is_granted: a copy may be written and access given, which begins with the payment.
    is_cut_when_read: columns and rows are left out only when they are asked for.
    """

    plan: Plan
    is_delivered: bool
    is_granted: bool
    is_cut_when_read: bool


SAYS = ("group", "place", "facts", "in_contract", "in_policy", "from_policy")
"""What each clause says itself."""


class Clause(ABC):
    """Something that a licence says, and all that the centre has to know of it.

    group, place: where it stands on a form, and in the contract.
    is_of_right: it also stands in the sale of a right itself.
    is_listed: it stays as it is listed, whoever orders at whatever terms.
    is_for_programs: it is asked only where what programs take is counted.
    """

    group: ClassVar[Group]
    place: ClassVar[Place]
    is_of_right: ClassVar[bool] = False
    is_listed: ClassVar[bool] = False
    is_for_programs: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        """Refuse a clause that leaves something out, when its file is imported."""
        super().__init_subclass__()
        missing = [name for name in SAYS if name not in vars(cls)]
        if Clause in cls.__bases__ and missing:
            raise TypeError(f"The clause {cls.__name__} does not say: {', '.join(missing)}.")

    @abstractmethod
    def facts(self) -> Facts:
        """Return the lines that a page shows of it, in the reader's language."""

    @abstractmethod
    def in_contract(self) -> list[str]:
        """Return its lines in the text of a contract, in the language that is active."""

    @abstractmethod
    def in_policy(self, *, seller: str) -> Rules:
        """Return what it says in ODRL, of a seller with an IRI; no rule where it binds nothing."""

    @classmethod
    @abstractmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        """Return its values as a policy says them."""

    def facts_of_right(self) -> Facts:
        """Return the lines that a page shows of it where the right itself is sold."""
        return []

    def in_contract_of_right(self) -> list[str]:
        """Return its lines in the contract on the sale of a right."""
        return []

    def in_policy_of_right(self) -> Mapping[str, Any]:
        """Return what it says in the policy of the sale of a right, under the profile."""
        return {}

    def service_levels(self) -> list[dict[str, Any]]:
        """Return what it promises as service levels of a data contract, in English."""
        return []

    def problems(self) -> Problems:
        """Say by name which of its values cannot be so, beyond the limits of each by itself."""
        return {}

    def unfit(self, offered: OfferedAs) -> Problems:
        """Say by name what it asks that data, price or delivery cannot give."""
        return {}

    def stays(self, at: InForce) -> dict[str, str]:
        """Say by name which values an amendment leaves as they are, and what to do instead."""
        return {}


ClauseKind = type[Clause]
_ASKED: dict[ClauseKind, dict[str, Asked]] = {}


def asked_of(clause: ClauseKind) -> dict[str, Asked]:
    """Return what the doors ask of a clause, by the names of its values."""
    if clause not in _ASKED:
        hints = get_type_hints(clause, include_extras=True)
        _ASKED[clause] = {
            one.name: next(each for each in hints[one.name].__metadata__ if isinstance(each, Asked))
            for one in own_values(clause)
        }
    return _ASKED[clause]


def own_values(clause: ClauseKind) -> tuple[Field[Any], ...]:
    return fields(clause)  # type: ignore[arg-type]  # Each clause is a dataclass.


def wrong_values(clause: ClauseKind, said: Clause) -> Problems:
    """Say what is wrong with values of a clause by their kinds, apart from those that do not count.

    `said` holds the values, and may be all of the terms.
    """
    found = {}
    for name, asked in asked_of(clause).items():
        if asked.only_if and getattr(said, asked.only_if[0]) != asked.only_if[1]:
            continue
        if sentence := asked.wrong(getattr(said, name)):
            found[name] = [sentence]
    return found


def default_of(clause: ClauseKind, name: str) -> Any:
    """Return what the doors take for a value that is left out: a value, a function, or `UNSAID`."""
    asked = asked_of(clause)[name]
    if asked.usual is not UNSAID:
        return asked.usual
    field = next(one for one in own_values(clause) if one.name == name)
    if field.default_factory is not MISSING:
        return field.default_factory
    return UNSAID if field.default is MISSING else field.default
