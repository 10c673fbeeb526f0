"""The terms of a licence as data: every clause, and what the contract's text is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from marketplace.trading.listings.terms.clauses.acceptance import AcceptanceClause
from marketplace.trading.listings.terms.clauses.asked import (
    UNSAID,
    Asked,
    Conditions,
    Names,
    usual_of,
)
from marketplace.trading.listings.terms.clauses.audit import AuditClause
from marketplace.trading.listings.terms.clauses.base import (
    ClauseKind,
    Facts,
    InForce,
    OfferedAs,
    Place,
    Problems,
    asked_of,
    default_of,
    wrong_values,
)
from marketplace.trading.listings.terms.clauses.deletion import DeletionClause
from marketplace.trading.listings.terms.clauses.dispute import DisputeClause
from marketplace.trading.listings.terms.clauses.language import LanguageClause
from marketplace.trading.listings.terms.clauses.licence import ExclusiveClause, LicenceClause
from marketplace.trading.listings.terms.clauses.part import PartClause
from marketplace.trading.listings.terms.clauses.promise import PromiseClause
from marketplace.trading.listings.terms.clauses.public_purpose import PublicPurposeClause
from marketplace.trading.listings.terms.clauses.purpose import PurposeClause
from marketplace.trading.listings.terms.clauses.quota import QuotaClause
from marketplace.trading.listings.terms.clauses.restrictions import RestrictionsClause
from marketplace.trading.listings.terms.clauses.results import (
    DerivedDataClause,
    OnwardTransferClause,
)
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules
from marketplace.trading.listings.terms.clauses.territory import TerritoryClause
from marketplace.trading.listings.terms.clauses.use import UseClause
from marketplace.trading.listings.terms.clauses.users import UsersClause


@dataclass(frozen=True, kw_only=True)
class Terms(
    PurposeClause,
    RestrictionsClause,
    UseClause,
    LicenceClause,
    ExclusiveClause,
    PublicPurposeClause,
    AcceptanceClause,
    OnwardTransferClause,
    DerivedDataClause,
    DeletionClause,
    DisputeClause,
    PartClause,
    TerritoryClause,
    UsersClause,
    AuditClause,
    QuotaClause,
    PromiseClause,
    LanguageClause,
):
    """What the buyer may and must do: all clauses, in the order in which a policy has them.

    A clause that is left out binds nothing more than contracts without it did.
    """

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote, today or before a clause was there."""
        listed = {name: tuple(values[name]) for name in LISTED if name in values}
        return cls(**{**values, **listed})

    def as_json(self) -> dict[str, Any]:
        return {name: _plain(getattr(self, name)) for name in ASKED}

    @classmethod
    def offered(cls, values: Mapping[str, Any]) -> Self:
        """Return the terms that an offer says: of what is left out, what is usual.

        Raises:
            KeyError: a value is left out that has no default.
        """
        usual = {name: usual_of(one) for name, one in DEFAULTS.items() if one is not UNSAID}
        return cls.from_json({**usual, **values})

    def changed(self, values: Mapping[str, Any]) -> Self:
        """Return the terms with other values; what is left out stays."""
        return self.from_json({**self.as_json(), **values})

    def as_listed(self, listed: Self) -> Self:
        """Return the terms with what is the listing's, whoever orders at whatever terms."""
        stays = {
            name: getattr(listed, name)
            for clause in CLAUSES
            if clause.is_listed
            for name in asked_of(clause)
        }
        return replace(self, **stays)

    def problems(self) -> Problems:
        found: Problems = {}
        for clause in CLAUSES:
            found |= wrong_values(clause, self) | clause.problems(self)
        return found

    def unfit(self, offered: OfferedAs) -> Problems:
        return {name: said for one in CLAUSES for name, said in one.unfit(self, offered).items()}

    def stays(self, at: InForce) -> dict[str, str]:
        return {name: said for one in CLAUSES for name, said in one.stays(self, at).items()}

    def facts(self) -> Facts:
        return [fact for clause in CLAUSES for fact in clause.facts(self)]

    def facts_of_right(self) -> Facts:
        return [fact for clause in CLAUSES for fact in clause.facts_of_right(self)]

    def in_contract(self) -> list[str]:
        return [line for lines in self.placed().values() for line in lines]

    def in_contract_of_right(self) -> list[str]:
        return [line for lines in self.placed_of_right().values() for line in lines]

    def placed(self) -> dict[str, list[str]]:
        """Return the lines of a contract by their places in it."""
        return _placed((clause.place, clause.in_contract(self)) for clause in CLAUSES)

    def placed_of_right(self) -> dict[str, list[str]]:
        """Return the lines of a contract on the sale of a right by their places in it."""
        return _placed((clause.place, clause.in_contract_of_right(self)) for clause in CLAUSES)

    def in_policy(self, *, seller: str) -> Rules:
        said = [clause.in_policy(self, seller=seller) for clause in IN_POLICY]
        return Rules(
            bounds=[rule for one in said for rule in one.bounds],
            owed=[rule for one in said for rule in one.owed],
            permitted=[rule for one in said for rule in one.permitted],
            forbidden=[rule for one in said for rule in one.forbidden],
            obliged=[rule for one in said for rule in one.obliged],
            own={name: value for one in said for name, value in one.own.items()},
        )

    def in_policy_of_right(self) -> dict[str, Any]:
        return {
            name: value
            for clause in IN_POLICY
            for name, value in clause.in_policy_of_right(self).items()
        }

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {name: value for one in IN_POLICY for name, value in one.from_policy(policy).items()}

    def service_levels(self) -> list[dict[str, Any]]:
        return [level for clause in CLAUSES for level in clause.service_levels(self)]


CLAUSES: tuple[ClauseKind, ...] = (
    PurposeClause,
    PublicPurposeClause,
    UseClause,
    TerritoryClause,
    UsersClause,
    RestrictionsClause,
    ExclusiveClause,
    LicenceClause,
    AcceptanceClause,
    OnwardTransferClause,
    DerivedDataClause,
    DeletionClause,
    AuditClause,
    DisputeClause,
    LanguageClause,
    PartClause,
    QuotaClause,
    PromiseClause,
)
"""Every clause, in the order in which people read them."""
IN_POLICY: tuple[ClauseKind, ...] = Terms.__bases__
"""The same in the order in which a policy has its rules. The digest of a policy depends on it, and
so do signed sheets: a clause that is new stands last, and says nothing where it binds nothing."""
ASKED: dict[str, Asked] = {name: one for each in IN_POLICY for name, one in asked_of(each).items()}
"""What the doors ask for, by name, as the API and the kept data have them."""
DEFAULTS: dict[str, Any] = {
    name: default_of(each, name) for each in IN_POLICY for name in asked_of(each)
}
"""What an offer says of each value that is left out."""
LISTED = tuple(name for name, one in ASKED.items() if isinstance(one, Names | Conditions))

if set(CLAUSES) != set(IN_POLICY):
    raise TypeError("The terms and their list name other clauses.")


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def _placed(lines: Iterator[tuple[Place, list[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {place.value: [] for place in Place}
    for place, said in lines:
        found[place.value] += said
    return found
