"""A seller offers sources a part of its income, they agree or not, and a side ends it."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.income_share import rules
from marketplace.trading.listings.income_share.events import (
    IncomeShareAnswered,
    IncomeShareEnded,
    IncomeShareProposed,
)
from marketplace.trading.listings.income_share.models import FINEST, IncomeShare, ShareGround
from marketplace.trading.listings.income_share.selectors import (
    OPEN,
    given_away,
    income_shares_visible_to,
)
from marketplace.trading.listings.income_share.states import SHARE, ShareState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to

MOST = Decimal("0.95")
"""What all sources together get at most; who sells keeps a part, from which cents are rounded."""


@transaction.atomic
def propose_income_share(
    listing_id: UUID,
    *,
    uscc: str,
    ground: str,
    percent: Decimal,
    rows: int | None = None,
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
    share.proposed_by_id = person_id
    before = IncomeShare.objects.filter(
        listing=listing, organization=share.organization, state__in=OPEN
    ).first()
    if before is not None:
        if (before.ground, before.rate, before.rows) == (share.ground, share.rate, share.rows):
            return before
        raise Invalid(
            _("This organization has a share already. End that one first."),
            code="income-share-taken",
        )
    if given_away(listing.pk) + share.effective > MOST:
        sentence = _("All shares together may be at most %(most)s %%. Propose less.") % {
            "most": MOST * 100
        }
        raise Invalid(sentence, code="income-shares-too-high", fields={"percent": [sentence]})
    share.save(force_insert=True)
    record(
        IncomeShareProposed(
            subject=f"income_share:{share.pk}",
            about=_concerns(share),
            ground=share.ground,
            rate=str(share.effective),
        ),
        by=by,
    )
    return share


@transaction.atomic
def answer_income_share(share_id: UUID, *, is_agreed: bool, by: Actor) -> IncomeShare:
    """Agree to a share of a seller's income, or decline it. The same again changes nothing.

    Raises:
        NotFound: there is no such share among those the actor may see.
        NotAllowed: the actor is no officer of the organization that the share is offered to.
        WrongState: it is answered otherwise, or ended.
    """
    share = locked(income_shares_visible_to(by), pk=share_id)
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
            about=_concerns(share),
            is_agreed=is_agreed,
            rate=str(share.effective),
        ),
        by=by,
    )
    return share


@transaction.atomic
def end_income_share(share_id: UUID, *, by: Actor) -> IncomeShare:
    """End an income share for later contracts; those that name it keep it.

    Raises:
        NotFound: there is no such share among those the actor may see.
        NotAllowed: the actor is an officer of neither side.
        WrongState: it is declined or ended.
    """
    share = locked(income_shares_visible_to(by), pk=share_id)
    rules.check_end_income_share(share, by)
    SHARE.move(share, ShareState.ENDED)
    share.save(update_fields=["state"])
    record(IncomeShareEnded(subject=f"income_share:{share.pk}", about=_concerns(share)), by=by)
    return share


def _checked(
    listing: Listing, uscc: str, ground: str, percent: Decimal, rows: int | None
) -> IncomeShare:
    fields: dict[str, list[str]] = {}
    source = Organization.objects.filter(uscc=uscc.strip().upper()).first()
    if source is None or source.pk == listing.organization_id:
        fields["uscc"] = [_("No other organization has this code here.")]
    if ground not in ShareGround.values:
        fields["ground"] = [_("Choose one of the grounds.")]
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


def _concerns(share: IncomeShare) -> tuple[str, ...]:
    return (f"organization:{share.organization_id}", *share.listing.concerns)
