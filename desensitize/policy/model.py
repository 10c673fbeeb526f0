"""A policy: what to do with which column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desensitize.errors import DesensitizeError, nearest
from desensitize.masks import MASKS
from desensitize.policy.column_rule import ColumnRule
from desensitize.policy.drawing import Drawing
from desensitize.privacy import METHODS, Closeness, Diversity

PERSONAL_ROLES = frozenset({"direct", "quasi", "sensitive"})
DRAWN_OR_NOT = ("keep", "drop")
ORDERS = ("shuffled", "source")


@dataclass(frozen=True)
class Policy:
    """Hold a rule for every column and what the release must reach.

    `suppression_limit` is the share of rows that may be removed, `method` one of METHODS, `order`
    one of ORDERS: without one, rows are shuffled as soon as a column has a personal role or tells
    persons apart. `person` names that column; without one each row is a person. With `synthetic`
    no row goes out: columns are drawn anew (mask “keep”) or left out.

    Raises:
        DesensitizeError: a rule or a threshold makes no sense; nothing is corrected silently.
    """

    columns: tuple[ColumnRule, ...]
    smallest_class: int = 5
    suppression_limit: float = 1.0
    method: str = "sweep"
    order: str | None = None
    person: str | None = None
    synthetic: Drawing | None = None

    def __post_init__(self) -> None:
        self._check_drawn()
        names: set[str] = set()
        for rule in self.columns:
            if rule.name in names:
                raise DesensitizeError("column-twice", column=rule.name)
            names.add(rule.name)
        for rule in self.columns:
            if taken := rule.taken(names):
                raise DesensitizeError("from-to-name", column=rule.name, name=taken)
        if isinstance(self.smallest_class, bool) or not isinstance(self.smallest_class, int):
            raise DesensitizeError("bad-smallest-class")
        if self.smallest_class < 1:
            raise DesensitizeError("bad-smallest-class")
        if isinstance(self.suppression_limit, bool) or not isinstance(
            self.suppression_limit, int | float
        ):
            raise DesensitizeError("bad-suppression-limit")
        if not 0 <= self.suppression_limit <= 1:
            raise DesensitizeError("bad-suppression-limit")
        if self.method not in METHODS:
            raise DesensitizeError(
                "unknown-method",
                name=self.method,
                nearest=nearest(str(self.method), METHODS),
            )
        if self.order is not None and self.order not in ORDERS:
            raise DesensitizeError(
                "unknown-order", name=self.order, nearest=nearest(str(self.order), ORDERS)
            )

    def _check_drawn(self) -> None:
        drawn = () if self.synthetic is None else self.columns
        if any(rule.mask not in DRAWN_OR_NOT or rule.is_protected for rule in drawn):
            reason = "a synthetic copy draws a column (keep) or leaves it out (drop)"
            raise DesensitizeError("bad-policy", reason=reason)

    def refuse_drawn(self) -> None:
        """Refuse to mask rows where none may go out.

        Raises:
            DesensitizeError: `bad-policy`, where a synthetic copy is asked for.
        """
        if self.synthetic is not None:
            raise DesensitizeError("bad-policy", reason="it asks for a synthetic copy, not masks")

    def rule(self, column: str) -> ColumnRule:
        """Return the rule of a column.

        Raises:
            DesensitizeError: `uncovered-column`.
        """
        for rule in self.columns:
            if rule.name == column:
                return rule
        raise DesensitizeError("uncovered-column", column=column)

    def released_rule(self, released: str) -> ColumnRule:
        """Return the rule of the column that a released one is, or is an end of.

        Raises:
            DesensitizeError: `uncovered-column`.
        """
        for rule in self.columns:
            if released in rule.released_as:
                return rule
        return self.rule(released)

    @property
    def generalized(self) -> tuple[ColumnRule, ...]:
        """Return the rules of the columns that take part in the anonymizing search."""
        return tuple(rule for rule in self.columns if rule.mask == "generalize")

    @property
    def coarsened_by_cell(self) -> tuple[ColumnRule, ...]:
        """Return the rules of those of them that are no quasi-identifiers: cell by cell."""
        return tuple(rule for rule in self.generalized if rule.role != "quasi")

    @property
    def diversity(self) -> dict[str, Diversity]:
        """Return the diversity asked of sensitive columns."""
        return {one.name: one.diversity for one in self.columns if one.diversity is not None}

    @property
    def closeness(self) -> dict[str, Closeness]:
        """Return the closeness asked of sensitive columns."""
        return {one.name: one.closeness for one in self.columns if one.closeness is not None}

    @property
    def draws_rows(self) -> bool:
        """Return whether a mask keeps only a sample of the rows."""
        return any(MASKS[rule.mask].description.draws_rows for rule in self.columns)

    @property
    def unaltered(self) -> tuple[str, ...]:
        """Return the columns whose cells go out as they came in."""
        if self.synthetic is not None:
            return ()
        return tuple(rule.name for rule in self.columns if rule.mask == "keep")

    @property
    def ends(self) -> dict[str, str]:
        """Name for each of two columns that one comes as, from and to, which it is."""
        pairs = [rule for rule in self.columns if rule.from_to]
        return {name: rule.name for rule in pairs for name in rule.released_as}

    @property
    def one_value(self) -> tuple[str, ...]:
        """Name the released columns of which a mask leaves one value, so that they say nothing."""
        return tuple(rule.name for rule in self.columns if MASKS[rule.mask].description.one_value)

    @property
    def shuffles(self) -> bool:
        """Return whether the rows leave in an order of their own, not in that of the source."""
        if self.order is not None:
            return self.order == "shuffled"
        return self.person is not None or any(rule.role in PERSONAL_ROLES for rule in self.columns)

    @property
    def released_quasi_identifiers(self) -> tuple[str, ...]:
        """Name the quasi-identifiers that the release still holds, on which to measure risk.

        Counts of rows that are nobody's say nothing.
        """
        if self.synthetic is not None:
            return ()
        return _released(rule for rule in self.columns if rule.role == "quasi")

    @property
    def pseudonyms(self) -> tuple[str, ...]:
        """Name the columns whose released values are keys that a mask made."""
        return tuple(
            rule.name for rule in self.columns if MASKS[rule.mask].description.pseudonymous
        )

    @property
    def released_sensitive(self) -> tuple[str, ...]:
        """Name the sensitive columns that the release still holds."""
        return _released(rule for rule in self.columns if rule.role == "sensitive")

    def validate(self, columns: Iterable[str]) -> None:
        """Check that the policy covers exactly the columns of a table.

        Raises:
            DesensitizeError: `unknown-column`, `uncovered-column` or `no-columns-left`.
        """
        present = list(columns)
        for rule in self.columns:
            if rule.name not in present:
                raise DesensitizeError(
                    "unknown-column",
                    column=rule.name,
                    nearest=nearest(rule.name, present),
                )
        for column in present:
            self.rule(column)
        others = {name for rule in self.columns for name in rule.make_mask().other_columns}
        for other in others if self.person is None else {*others, self.person}:
            if other not in present:
                raise DesensitizeError(
                    "unknown-column", column=other, nearest=nearest(other, present)
                )
        if not any(rule.in_release for rule in self.columns):
            raise DesensitizeError("no-columns-left")

    def to_dict(self) -> dict[str, Any]:
        """Return the policy as plain values that JSON and TOML can hold."""
        return {
            "smallest_class": self.smallest_class,
            "suppression_limit": self.suppression_limit,
            "method": self.method,
            # Left out where it was not chosen, so that older policies read and digest as before.
            **({} if self.order is None else {"order": self.order}),
            **({} if self.person is None else {"person": self.person}),
            **({} if self.synthetic is None else {"synthetic": self.synthetic.to_dict()}),
            "columns": [rule.to_dict() for rule in self.columns],
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "Policy":
        """Read what `to_dict` wrote.

        Raises:
            DesensitizeError: `bad-policy`, or what the rules and thresholds raise.
        """
        try:
            settings = dict(document)
            rules = tuple(ColumnRule.from_dict(rule) for rule in settings.pop("columns"))
            if settings.get("synthetic") is not None:
                settings["synthetic"] = Drawing.from_dict(settings["synthetic"])
            return cls(columns=rules, **settings)
        except KeyError as error:
            raise DesensitizeError("bad-policy", reason="it has no columns") from error
        except (TypeError, ValueError, AttributeError) as error:
            raise DesensitizeError(
                "bad-policy", reason="its form is not that of a policy"
            ) from error


def _released(rules: Iterable[ColumnRule]) -> tuple[str, ...]:
    return tuple(name for rule in rules for name in rule.released_as)
