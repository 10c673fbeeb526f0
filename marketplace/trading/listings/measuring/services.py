"""A seller says whether buyers may have measured what a listing would bring them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Actor, Invalid, locked
from marketplace.core.arguments import Column, Flag, Names, Number, Whole, refused
from marketplace.ledger.services.recording import record
from marketplace.preparation.budget.selectors import most_epsilon
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.measuring import rules
from marketplace.trading.listings.measuring.events import MeasuringAllowed
from marketplace.trading.listings.measuring.models import LONGEST_COLUMN, MeasuringTerms

THOUSANDTH = Decimal("0.001")
MOST_SOURCES = 6
MOST_MEASUREMENTS, MOST_ROWS = 20, 50


@dataclass(frozen=True)
class Allowed:
    """What a seller allows, as `MeasuringTerms` keeps it."""

    is_open: bool
    epsilon: Decimal
    most_of_buyer: int
    person: str
    rows: int
    source: str
    sources: tuple[str, ...]


IS_OPEN = Flag(label=gettext_lazy("Buyers may have measured what the data would bring them"))
EPSILON = Number(
    label=gettext_lazy("ε of each measurement"),
    help=gettext_lazy("It is taken from the one privacy budget of the dataset, for ever."),
    digits=9,
    places=3,
)
MOST_OF_BUYER = Whole(
    label=gettext_lazy("Measurements of one buyer"),
    help=gettext_lazy("Counted for ever. What was measured already is answered the same again."),
    least=1,
    most=MOST_MEASUREMENTS,
)
PERSON = Column(
    label=gettext_lazy("What tells persons apart"),
    help=gettext_lazy("The pseudonym of a person, a card or a firm."),
)
ROWS = Whole(
    label=gettext_lazy("Rows of one person that count"),
    help=gettext_lazy("Where sources are valued. More rows need more noise."),
    least=1,
    most=MOST_ROWS,
)
SOURCE = Column(
    label=gettext_lazy("Column of the source"),
    help=gettext_lazy("Where the data came from, such as the agency: each is valued by itself."),
)
SOURCES = Names(
    label=gettext_lazy("Sources, one a line"),
    help=gettext_lazy("The values of that column, six at most. Buyers read them."),
    most=MOST_SOURCES,
    longest=LONGEST_COLUMN,
    lines=3,
)


@transaction.atomic
def allow_measuring(
    listing_id: UUID,
    *,
    is_open: Annotated[bool, IS_OPEN] = False,
    epsilon: Annotated[Decimal, EPSILON] = Decimal(1),
    most_of_buyer: Annotated[int, MOST_OF_BUYER] = 2,
    person: Annotated[str, PERSON] = "",
    rows: Annotated[int, ROWS] = 1,
    source: Annotated[str, SOURCE] = "",
    sources: Annotated[Sequence[str], SOURCES] = (),
    by: Actor,
) -> MeasuringTerms:
    """Say whether buyers may have measured what a listing would bring, and for how much of ε.

    What was measured before stays as it is. The same again changes nothing.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing gives no rows (`no-rows-to-measure`), or is withdrawn or replaced.
        Invalid: ε is out of range, a number is, or a column is none of the data's.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_allow_measuring(listing, by)
    named = tuple(dict.fromkeys(one.strip() for one in sources if one.strip()))
    wanted = Allowed(is_open, epsilon, most_of_buyer, person, rows, source, named)
    _check(listing, wanted)
    values = {**vars(wanted), "sources": list(named), "epsilon": epsilon.quantize(THOUSANDTH)}
    terms = MeasuringTerms.objects.filter(listing=listing).first()
    if terms is None:
        terms = MeasuringTerms.objects.create(listing=listing, **values)
    elif all(getattr(terms, name) == value for name, value in values.items()):
        return terms
    else:
        for name, value in values.items():
            setattr(terms, name, value)
        terms.save(update_fields=list(values))
    record(
        MeasuringAllowed(
            subject=f"listing:{listing.pk}",
            about=listing.concerns,
            is_open=is_open,
            epsilon=str(terms.epsilon),
            most_of_buyer=most_of_buyer,
        ),
        by=by,
    )
    return terms


def _check(listing: Listing, wanted: Allowed) -> None:
    fields, most = refused(allow_measuring, **vars(wanted)), most_epsilon()
    if not (wanted.epsilon.is_finite() and THOUSANDTH <= wanted.epsilon <= most) or (
        wanted.epsilon != wanted.epsilon.quantize(THOUSANDTH)
    ):
        fields["epsilon"] = [
            _("Give an ε from %(least)s to %(most)s, in thousandths.")
            % {"least": THOUSANDTH, "most": most.normalize()}
        ]
    columns = {column.name for column in columns_of(listing.revision.version)}
    for name in ("person", "source"):
        if (column := getattr(wanted, name)) and column not in columns:
            fields[name] = [_("There is no such column in the data.")]
    if bool(wanted.source) != bool(wanted.sources):
        fields["sources"] = [_("Give the column of the source and its values, or neither.")]
    if fields:
        raise Invalid(_("Correct the fields that are marked."), fields=fields)
