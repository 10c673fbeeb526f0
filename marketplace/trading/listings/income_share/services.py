"""A seller offers sources a part of its income, they agree or not, and a side ends it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.four_eyes import check_one_side
from marketplace.accounts.models import Organization
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Actor, Invalid, clock, locked, longest_of
from marketplace.core.arguments import Choice, Column, Number, Text, Whole, refused
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.income_share import rules
from marketplace.trading.listings.income_share.events import (
    IncomeShareAnswered,
    IncomeShareEnded,
    IncomeShareProposed,
    SharesReckoned,
)
from marketplace.trading.listings.income_share.models import (
    FINEST,
    IncomeShare,
    ShareGround,
    ShareProposal,
)
from marketplace.trading.listings.income_share.reckoning import (
    digest_of,
    rates_of,
    read_sources,
    values_of,
)
from marketplace.trading.listings.income_share.selectors import (
    OPEN,
    given_away,
)
from marketplace.trading.listings.income_share.states import SHARE, ShareState
from marketplace.trading.listings.income_share.steps import (
    concerns_of,
    fall_together,
    held_share,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to

MOST_PARTIES = 10
MOST = Decimal("0.95")
"""What all sources together get at most; who sells keeps a part, from which cents are rounded."""


USCC = Text(
    label=gettext_lazy("Unified social credit code of the organization"),
    longest=longest_of(Organization, "uscc"),
)
GROUND = Choice(label=gettext_lazy("Ground"), choices=ShareGround)
PERCENT = Number(
    label=gettext_lazy("Percent of your income"),
    help=gettext_lazy("Of what is released to you, after the centre's fee."),
    digits=7,
    places=4,
)
ROWS = Whole(
    label=gettext_lazy("Rows that are theirs"),
    help=gettext_lazy(
        "Where they get that part of the percent by their rows; else leave it empty."
    ),
    least=1,
)
PERCENT_DIVIDED = replace(PERCENT, label=gettext_lazy("Percent of your income to divide"))
SOURCE_COLUMN = Column(
    label=gettext_lazy("Column of the source"),
    help=gettext_lazy("In which a row says where it came from."),
)
KEY_COLUMN = Column(
    label=gettext_lazy("Column of the record"),
    help=gettext_lazy("Rows with one value of it are one record, which its sources share."),
)


@transaction.atomic
def propose_income_share(
    listing_id: UUID,
    *,
    uscc: Annotated[str, USCC],
    ground: Annotated[str, GROUND],
    percent: Annotated[Decimal, PERCENT],
    rows: Annotated[int | None, ROWS] = None,
    by: Actor,
) -> IncomeShare:
    """Offer an organization a part of the seller's income from a listing.

    `percent` of the income, or, where `rows` of the data are theirs, that part of the percent. The
    same proposal again is one.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is withdrawn or replaced.
        Invalid: nobody else here has the code, they have a share already (`income-share-taken`),
            the percent or the rows are none, or all shares together leave the seller too little
            (`income-shares-too-high`).
    """
    # The listing's lock keeps two proposals apart whose sum would be too high.
    listing = locked(listings_visible_to(by), pk=listing_id)
    person_id = rules.check_propose_income_share(listing, by)
    share = _checked(listing, uscc, ground, percent, rows)
    before = IncomeShare.objects.filter(
        listing=listing, organization=share.organization, state__in=OPEN
    ).first()
    told = (share.ground, share.rate, share.rows)
    if before is not None and (before.ground, before.rate, before.rows) == told:
        return before
    return _propose(share, person_id, by)


@transaction.atomic
def propose_shapley_shares(
    listing_id: UUID,
    *,
    percent: Annotated[Decimal, PERCENT_DIVIDED],
    ground: Annotated[str, GROUND] = ShareGround.SOURCE.value,
    source_column: Annotated[str, SOURCE_COLUMN],
    key_column: Annotated[str, KEY_COLUMN] = "",
    parties: Sequence[Mapping[str, str]],
    by: Actor,
) -> ShareProposal:
    """Divide a percentage of the income among the sources by what each brings, and propose it.

    `parties` says of each value of `source_column` whose code (`uscc`) it is; what is the seller's
    own counts, and its part stays with the seller. Rows with one value of `key_column` are one
    record. Of the written bytes on offer the Shapley value of each source is reckoned. The shares
    are in force once every side agrees, and end together. The same again is one.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is withdrawn or replaced, or is of a model (`no-rows-to-reckon`).
        Invalid: a column or source is none of the data's, a code is nobody's, somebody has a share
            already (`income-share-taken`), or all together are too high
            (`income-shares-too-high`).
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    person_id = rules.check_propose_shapley_shares(listing, by)
    if fields := refused(propose_shapley_shares, ground=ground):
        raise Invalid(_("The share needs corrections. See the fields."), fields=fields)
    _check_rate(percent)
    sides = _sides(listing, parties)
    reckoning = _reckoning(listing, percent, source_column, key_column, sides)
    digest = digest_of(reckoning)
    before = IncomeShare.objects.filter(
        listing=listing, proposal__digest=digest, ground=ground, state__in=OPEN
    ).first()
    if before is not None and before.proposal is not None:
        return before.proposal
    proposal = ShareProposal.objects.create(
        listing=listing, reckoning=reckoning, digest=digest, proposed_by_id=person_id
    )
    record(
        SharesReckoned(
            subject=f"listing:{listing.pk}",
            about=listing.concerns,
            reckoning=digest,
            sha256=reckoning["sha256"],
        ),
        by=by,
    )
    for side, rate in _rates_of_others(listing, sides, reckoning).items():
        _propose(
            IncomeShare(
                listing=listing, organization=side, ground=ground, rate=rate, proposal=proposal
            ),
            person_id,
            by,
        )
    return proposal


@transaction.atomic
def answer_income_share(share_id: UUID, *, is_agreed: bool, by: Actor) -> IncomeShare:
    """Agree to a share of a seller's income, or decline it. The same again changes nothing.

    Raises:
        NotFound: there is no such share among those the actor may see.
        NotAllowed: the actor is no officer of the organization that the share is offered to.
        WrongState: it is answered otherwise, or ended.
    """
    share = held_share(share_id, by=by)
    answer = ShareState.AGREED if is_agreed else ShareState.DECLINED
    if share.state == answer and share.answered_by_id == by.person_id:
        return share
    person_id = rules.check_answer_income_share(share, by)
    SHARE.move(share, answer)
    share.answered_by_id, share.answered_at = person_id, clock.now()
    share.save(update_fields=["state", "answered_by_id", "answered_at"])
    record(
        IncomeShareAnswered(
            subject=f"income_share:{share.pk}",
            about=concerns_of(share),
            is_agreed=is_agreed,
            rate=str(share.effective),
        ),
        by=by,
    )
    if not is_agreed:
        fall_together(share, by=by)
    return share


@transaction.atomic
def end_income_share(share_id: UUID, *, by: Actor) -> IncomeShare:
    """End an income share for later contracts; those that name it keep it.

    Raises:
        NotFound: there is no such share among those the actor may see.
        NotAllowed: the actor is an officer of neither side.
        WrongState: it is declined or ended.
    """
    share = held_share(share_id, by=by)
    rules.check_end_income_share(share, by)
    SHARE.move(share, ShareState.ENDED)
    share.save(update_fields=["state"])
    record(IncomeShareEnded(subject=f"income_share:{share.pk}", about=concerns_of(share)), by=by)
    fall_together(share, by=by)
    return share


def _propose(share: IncomeShare, person_id: UUID, by: Actor) -> IncomeShare:
    """Keep a share that is offered, and record it."""
    check_one_side(by, share.organization_id)
    taken = IncomeShare.objects.filter(
        listing=share.listing, organization=share.organization, state__in=OPEN
    )
    if taken.exists():
        raise Invalid(
            _("This organization has a share already. End that one first."),
            code="income-share-taken",
        )
    if not share.effective:
        sentence = _("This would be less than a millionth of the income. Propose more.")
        raise Invalid(sentence, fields={"percent": [sentence]})
    if given_away(share.listing_id) + share.effective > MOST:
        sentence = _("All shares together may be at most %(most)s %%. Propose less.") % {
            "most": MOST * 100
        }
        raise Invalid(sentence, code="income-shares-too-high", fields={"percent": [sentence]})
    share.proposed_by_id = person_id
    share.save(force_insert=True)
    record(
        IncomeShareProposed(
            subject=f"income_share:{share.pk}",
            about=concerns_of(share),
            ground=share.ground,
            rate=str(share.effective),
        ),
        by=by,
    )
    return share


def _check_rate(percent: Decimal) -> None:
    rate = percent / 100
    if not 0 < rate < 1 or rate != rate.quantize(FINEST):
        sentence = _("Give a percentage above 0 and below 100, to four places.")
        raise Invalid(sentence, fields={"percent": [sentence]})


def _check_columns(version: DatasetVersion, source: str, key: str) -> None:
    columns = {column.name for column in columns_of(version)}
    fields = {
        field: [_("There is no such column in the data.")]
        for field, name in (("source_column", source), ("key_column", key))
        if name not in columns and (name or field == "source_column")
    }
    if fields:
        raise Invalid(_("The share needs corrections. See the fields."), fields=fields)


def _reckoning(
    listing: Listing, percent: Decimal, source: str, key: str, sides: Mapping[str, Organization]
) -> dict[str, Any]:
    version, names = listing.revision.version, list(sides)
    _check_columns(version, source, key)
    table = read_sources(version, source, key)
    values = values_of(table, source=source, key=key, names=names)
    if not all(values):
        sentence = _("No row came from “%(source)s”. Look at the column of the source.")
        sentence %= {"source": names[values.index(Fraction(0))]}
        raise Invalid(sentence, fields={"parties": [sentence]})
    rates = rates_of(values, percent)
    return {
        "method": "shapley-coverage",
        "version": str(version.pk),
        "sha256": version.sha256,
        "rows": version.rows,
        "source_column": source,
        "key_column": key,
        "percent": f"{percent.normalize():f}",
        "sources": [
            {"source": name, "uscc": side.uscc, "records": str(value), "rate": str(rate)}
            for (name, side), value, rate in zip(sides.items(), values, rates, strict=True)
        ],
    }


def _rates_of_others(
    listing: Listing, sides: Mapping[str, Organization], reckoning: Mapping[str, Any]
) -> dict[Organization, Decimal]:
    """Return what each organization but the seller gets of all its sources."""
    rates: dict[Organization, Decimal] = {}
    for one in reckoning["sources"]:
        side = sides[one["source"]]
        if side.pk != listing.organization_id:
            rates[side] = rates.get(side, Decimal(0)) + Decimal(one["rate"])
    return rates


def _sides(listing: Listing, parties: Sequence[Mapping[str, str]]) -> dict[str, Organization]:
    """Return whose each source is, by its name."""
    codes = {one["source"].strip(): one["uscc"].strip().upper() for one in parties}
    found = {one.uscc: one for one in Organization.objects.filter(uscc__in=codes.values())}
    others = {code for code in codes.values() if code != listing.organization.uscc}
    if not 1 <= len(codes) <= MOST_PARTIES or not others:
        sentence = _("Name 1 to %(most)d sources, one of them at least of another organization.")
        sentence %= {"most": MOST_PARTIES}
        raise Invalid(sentence, fields={"parties": [sentence]})
    for code in codes.values():
        if code not in found:
            sentence = _("No organization has the code %(code)s here.") % {"code": code}
            raise Invalid(sentence, fields={"parties": [sentence]})
    return {name: found[code] for name, code in codes.items()}


def _checked(
    listing: Listing, uscc: str, ground: str, percent: Decimal, rows: int | None
) -> IncomeShare:
    fields = refused(propose_income_share, ground=ground)
    source = Organization.objects.filter(uscc=uscc.strip().upper()).first()
    if source is None or source.pk == listing.organization_id:
        fields["uscc"] = [_("No other organization has this code here.")]
    rate = percent / 100
    if not 0 < rate < 1 or rate != rate.quantize(FINEST):
        fields["percent"] = [_("Give a percentage above 0 and below 100, to four places.")]
    of_rows = listing.revision.version.rows
    if rows is not None and not 0 < rows <= of_rows:
        fields["rows"] = [_("Give 1 to %(most)d rows: the data has no more.") % {"most": of_rows}]
    if fields or source is None:
        raise Invalid(_("The share needs corrections. See the fields."), fields=fields)
    return IncomeShare(
        listing=listing,
        organization=source,
        ground=ground,
        rate=rate,
        rows=rows,
        of_rows=None if rows is None else of_rows,
    )
