"""A policy: what to do with which column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desensitize.errors import DesensitizeError, nearest
from desensitize.masks import MASKS, Mask, make_mask
from desensitize.privacy import METHODS

ROLES = ("direct", "quasi", "sensitive", "other")


@dataclass(frozen=True)
class ColumnRule:
    """Say what one column is and which mask it gets."""

    name: str
    role: str
    mask: str
    options: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise DesensitizeError("unknown_role", role=self.role)
        self.make_mask()
        if self.mask == "generalize" and self.role != "quasi":
            raise DesensitizeError("generalize_needs_quasi", column=self.name)
        if self.role == "direct" and MASKS[self.mask].description.releases_clear:
            raise DesensitizeError("direct_released", column=self.name)

    def make_mask(self) -> Mask:
        """Make the mask with its options checked."""
        return make_mask(self.mask, self.options)

    @property
    def releases_clear(self) -> bool:
        """Say whether original values of the column can appear in the output."""
        return MASKS[self.mask].description.releases_clear


@dataclass(frozen=True)
class Policy:
    """Hold a rule for every column and what the release must reach.

    `suppression_limit` is the share of rows that may be removed, `method` one of METHODS.

    Raises:
        DesensitizeError: a rule or a threshold makes no sense; nothing is corrected silently.
    """

    columns: tuple[ColumnRule, ...]
    smallest_class: int = 5
    suppression_limit: float = 1.0
    method: str = "sweep"

    def __post_init__(self) -> None:
        names: set[str] = set()
        for rule in self.columns:
            if rule.name in names:
                raise DesensitizeError("column_twice", column=rule.name)
            names.add(rule.name)
        if isinstance(self.smallest_class, bool) or not isinstance(self.smallest_class, int):
            raise DesensitizeError("bad_smallest_class")
        if self.smallest_class < 1:
            raise DesensitizeError("bad_smallest_class")
        if isinstance(self.suppression_limit, bool) or not isinstance(
            self.suppression_limit, int | float
        ):
            raise DesensitizeError("bad_suppression_limit")
        if not 0 <= self.suppression_limit <= 1:
            raise DesensitizeError("bad_suppression_limit")
        if self.method not in METHODS:
            raise DesensitizeError(
                "unknown_method",
                name=self.method,
                nearest=nearest(str(self.method), METHODS),
            )

    def rule(self, column: str) -> ColumnRule:
        """Answer the rule of a column.

        Raises:
            DesensitizeError: `uncovered_column`.
        """
        for rule in self.columns:
            if rule.name == column:
                return rule
        raise DesensitizeError("uncovered_column", column=column)

    @property
    def generalized(self) -> tuple[ColumnRule, ...]:
        """Answer the rules of the columns that take part in the anonymizing search."""
        return tuple(rule for rule in self.columns if rule.mask == "generalize")

    @property
    def released_quasi_identifiers(self) -> tuple[str, ...]:
        """Name the quasi-identifiers that the release still holds, on which to measure risk."""
        return tuple(
            rule.name for rule in self.columns if rule.role == "quasi" and rule.mask != "drop"
        )

    @property
    def released_sensitive(self) -> tuple[str, ...]:
        """Name the sensitive columns that the release still holds."""
        return tuple(
            rule.name for rule in self.columns if rule.role == "sensitive" and rule.mask != "drop"
        )

    def validate(self, columns: Iterable[str]) -> None:
        """Check that the policy covers exactly the columns of a table.

        Raises:
            DesensitizeError: `unknown_column`, `uncovered_column` or `no_columns_left`.
        """
        present = list(columns)
        for rule in self.columns:
            if rule.name not in present:
                raise DesensitizeError(
                    "unknown_column",
                    column=rule.name,
                    nearest=nearest(rule.name, present),
                )
        for column in present:
            self.rule(column)
        if all(rule.mask == "drop" for rule in self.columns):
            raise DesensitizeError("no_columns_left")

    def to_dict(self) -> dict[str, Any]:
        """Answer the policy as plain values that JSON and TOML can hold."""
        return {
            "smallest_class": self.smallest_class,
            "suppression_limit": self.suppression_limit,
            "method": self.method,
            "columns": [
                {
                    "name": rule.name,
                    "role": rule.role,
                    "mask": rule.mask,
                    "options": {name: _plain(value) for name, value in rule.options.items()},
                }
                for rule in self.columns
            ],
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "Policy":
        """Read what `to_dict` wrote.

        Raises:
            DesensitizeError: `bad_policy`, or what the rules and thresholds raise.
        """
        try:
            settings = dict(document)
            rules = tuple(ColumnRule(**rule) for rule in settings.pop("columns"))
            return cls(columns=rules, **settings)
        except KeyError as error:
            raise DesensitizeError("bad_policy", reason="it has no columns") from error
        except (TypeError, ValueError, AttributeError) as error:
            raise DesensitizeError(
                "bad_policy", reason="its form is not that of a policy"
            ) from error


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
