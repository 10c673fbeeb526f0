"""Note what a settled trade says of prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.appraisal import policies
from marketplace.appraisal.events import ComparableCorrected, ComparableNoted
from marketplace.appraisal.models import Comparable
from marketplace.appraisal.suggestions import quality_of
from marketplace.catalog.selectors import versions_visible_to
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record

PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class SettledTrade:
    """A trade as the market knows it: its key, what was paid, whether to one buyer alone, when."""

    key: str
    price: Decimal
    currency: str
    is_exclusive: bool
    settled_on: date


@transaction.atomic
def note_comparable(version_id: UUID, *, trade: SettledTrade, by: Actor) -> Comparable:
    """Note a settled trade of a version without its parties. The same trade again changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
        NotFound: there is no such version.
    """
    if not policies.may_note_comparables(by):
        raise NotAllowed(_("Trades are noted by themselves, once they are settled."))
    # The version's row keeps the same trade out until this one is seen.
    version = locked(versions_visible_to(by), pk=version_id)
    digest = _digest(trade.key)
    known = Comparable.objects.filter(trade_digest=digest).first()
    if known is not None:
        return known
    quality = quality_of(version)
    comparable = Comparable.objects.create(
        trade_digest=digest,
        theme=version.dataset.theme,
        asset_kind=version.dataset.asset_kind,
        rows=version.rows,
        column_count=version.column_count,
        completeness=None if quality is None else quality.total.quantize(PLACES),
        is_exclusive=trade.is_exclusive,
        price=trade.price,
        currency=trade.currency,
        settled_on=trade.settled_on,
    )
    record(ComparableNoted(subject=f"comparable:{comparable.pk}"), by=by)
    return comparable


@transaction.atomic
def correct_comparable(trade_key: str, *, price: Decimal, by: Actor) -> Comparable | None:
    """Let a noted trade compare at what is left of its price; None where it was not noted.

    Valuations keep the prices that they were made of, so that they compute anew as they did. The
    same price again changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not policies.may_note_comparables(by):
        raise NotAllowed(_("Trades are noted by themselves, once they are settled."))
    rows = Comparable.objects.select_for_update()
    comparable = rows.filter(trade_digest=_digest(trade_key)).first()
    if comparable is None or comparable.price == price:
        return comparable
    comparable.price = price
    comparable.save(update_fields=["price"])
    record(ComparableCorrected(subject=f"comparable:{comparable.pk}"), by=by)
    return comparable


def _digest(trade_key: str) -> str:
    return sha256(f"comparable:{trade_key}".encode()).hexdigest()
