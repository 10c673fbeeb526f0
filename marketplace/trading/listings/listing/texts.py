"""The plain texts of an offer: a row for each, with a column of `Listing` of the same name.

What buyers read first is the title, a heading, then the lead under it; each further text stands
under its own label. Form, API, market, sheet, contract and data contract go by these rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.models import Described
from marketplace.core import longest_of
from marketplace.core.arguments import Text, arguments_of, refused
from marketplace.trading.listings.listing.models import Listing

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = _StrPromise | str


@dataclass(frozen=True, kw_only=True)
class OfferText(Text):
    """A text that a seller writes, which is kept in a column of its name.

    `begins_as` names what of a dataset's description a new offer begins with; `in_contract` is the
    sentence around a further text there.
    """

    begins_as: str = ""
    in_contract: Words = ""
    name: str = ""
    is_required: bool = True

    def of(self, listing: Listing) -> str:
        return str(getattr(listing, self.name))


@dataclass(frozen=True, kw_only=True)
class OfferTexts:
    """What a seller writes of an offer, with the row of each text."""

    title: Annotated[
        str,
        OfferText(
            label=gettext_lazy("Title"),
            help=gettext_lazy("What the data is, in at most 80 characters."),
            longest=longest_of(Listing, "title"),
            begins_as="title",
        ),
    ]
    summary: Annotated[
        str,
        OfferText(
            label=gettext_lazy("Summary"),
            help=gettext_lazy("What is in it, and what a buyer can find out with it."),
            longest=longest_of(Listing, "summary"),
            lines=4,
            begins_as="abstract",
        ),
    ]
    scenarios: Annotated[
        str,
        OfferText(
            label=gettext_lazy("Application scenarios"),
            help=gettext_lazy(
                "What the data can be used for in practice, one a line, in at most 600 characters. "
                "These are examples: what a buyer may do, the permitted purposes say."
            ),
            told="What the data can be used for in practice, one a line; they permit no purpose.",
            longest=longest_of(Listing, "scenarios"),
            lines=4,
            in_contract=gettext_lazy(
                "Application scenarios, which are examples and widen no permitted purpose: %(text)s"
            ),
        ),
    ] = ""

    def texts(self) -> dict[str, str]:
        """Return the texts without their margins, by name."""
        return {one.name: getattr(self, one.name).strip() for one in TEXTS}

    def text_problems(self) -> dict[str, list[str]]:
        """Say by field what cannot stand."""
        given = self.texts()
        missing = [_("Say it in a few words; buyers read it first.")]
        found = {one.name: missing for one in TEXTS if one.is_required and not given[one.name]}
        return found | refused(OfferTexts, **given)


TEXTS: tuple[OfferText, ...] = tuple(
    replace(one.kind, name=one.name, is_required=one.is_required)
    for one in arguments_of(OfferTexts)
    if isinstance(one.kind, OfferText)
)
NAMES = tuple(one.name for one in TEXTS)
TITLE, LEAD, *FURTHER = TEXTS
ON_CARD = (TITLE.name, LEAD.name)
"""What is read of an offer where there is little room."""


def texts_of(listing: Listing) -> dict[str, Any]:
    """Return what a listing says, by name."""
    return {one.name: one.of(listing) for one in TEXTS}


def texts_at_first(described: Described) -> dict[str, str]:
    """Return what a new offer of a dataset says at first."""
    return {one.name: getattr(described, one.begins_as) for one in TEXTS if one.begins_as}


def texts_to_freeze(listing: Listing) -> dict[str, str]:
    """Return what a sheet keeps of the texts: an optional one where it says something."""
    return {one.name: text for one in TEXTS if (text := one.of(listing)) or one.is_required}


def labelled(said: Mapping[str, str]) -> list[tuple[OfferText, str]]:
    """Return the further texts that say something."""
    return [(one, said[one.name]) for one in FURTHER if said.get(one.name)]
