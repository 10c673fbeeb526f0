"""A rule: what one column is, which mask it gets, and as what it comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desensitize.errors import DesensitizeError
from desensitize.masks import MASKS, Mask, make_mask
from desensitize.privacy import Closeness, Diversity
from desensitize.privacy.pairs import pair_names
from desensitize.tables.header import MAX_NAME_CHARACTERS, plain_name

ROLES = ("direct", "quasi", "sensitive", "other")
# The search must see the values that will be published: masks that need no key and no chance.
PROTECTABLE_MASKS = ("keep", "generalize_bins", "hierarchy", "top_bottom_code", "truncate_date")
INTERVAL_MASKS = ("generalize", "generalize_bins", "hierarchy", "truncate_date")


@dataclass(frozen=True)
class ColumnRule:
    """Say what one column is and which mask it gets.

    `diversity` and `closeness` ask something of a sensitive column in every published class. With
    `from_to` a column whose labels are intervals comes as two columns of numbers or days: where
    each begins, and where it ends.
    """

    name: str
    role: str
    mask: str
    options: Mapping[str, object] = field(default_factory=dict)
    diversity: Diversity | None = None
    closeness: Closeness | None = None
    from_to: bool = False

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise DesensitizeError("unknown-role", role=self.role)
        self.make_mask()
        if self.mask == "generalize" and self.role not in ("quasi", "other"):
            raise DesensitizeError("generalize-needs-quasi", column=self.name)
        if self.role == "direct" and MASKS[self.mask].description.releases_clear:
            raise DesensitizeError("direct-released", column=self.name)
        if self.is_protected and self.role != "sensitive":
            raise DesensitizeError("protection-needs-sensitive", column=self.name)
        if self.is_protected and self.mask not in PROTECTABLE_MASKS:
            raise DesensitizeError("protection-unseen", column=self.name, mask=self.mask)
        if not isinstance(self.from_to, bool):
            raise DesensitizeError("bad-policy", reason="from_to is true or false")
        if self.from_to:
            self._check_pair()

    def _check_pair(self) -> None:
        if self.mask not in INTERVAL_MASKS:
            raise DesensitizeError("from-to-mask", column=self.name, mask=self.mask)
        if any(len(name) > MAX_NAME_CHARACTERS for name in pair_names(self.name)):
            raise DesensitizeError("from-to-long", column=self.name, limit=MAX_NAME_CHARACTERS)

    @property
    def is_protected(self) -> bool:
        """Return whether l or t is asked of the column."""
        return self.diversity is not None or self.closeness is not None

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as plain values; what is not asked is left out."""
        plain: dict[str, Any] = {
            "name": self.name,
            "role": self.role,
            "mask": self.mask,
            "options": {name: _plain(value) for name, value in self.options.items()},
        }
        if self.diversity is not None:
            plain["diversity"] = self.diversity.as_dict()
        if self.closeness is not None:
            plain["closeness"] = self.closeness.as_dict()
        if self.from_to:
            plain["from_to"] = True
        return plain

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "ColumnRule":
        """Read what `to_dict` wrote.

        Raises:
            TypeError: the document has another form.
            DesensitizeError: the rule makes no sense.
        """
        settings = dict(document)
        diversity, closeness = settings.pop("diversity", None), settings.pop("closeness", None)
        return cls(
            **settings,
            diversity=None if diversity is None else Diversity(**diversity),
            closeness=None if closeness is None else Closeness(**closeness),
        )

    def make_mask(self) -> Mask:
        """Make the mask with its options checked."""
        return make_mask(self.mask, self.options)

    @property
    def in_release(self) -> bool:
        """Return whether the column is part of the output."""
        return not MASKS[self.mask].description.omits_column

    @property
    def released_as(self) -> tuple[str, ...]:
        """Name the columns of the output that the column comes as."""
        if not self.in_release:
            return ()
        return pair_names(self.name) if self.from_to else (self.name,)

    def taken(self, names: Iterable[str]) -> str | None:
        """Return which of two columns that the column comes as is called as another of the table.

        Names count as the same where a table could not have both.
        """
        if not self.from_to:
            return None
        there = {plain_name(name) for name in names}
        return next((name for name in self.released_as if plain_name(name) in there), None)

    @property
    def masks_within(self) -> bool:
        """Return whether personal data is taken out of texts whose rest stays."""
        return MASKS[self.mask].description.masks_within

    @property
    def releases_clear(self) -> bool:
        """Return whether original values of the column can appear in the output."""
        return MASKS[self.mask].description.releases_clear


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
