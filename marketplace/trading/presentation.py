"""Put codes and figures into words, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marketplace.core.terms import last_day_shown
from marketplace.ledger.verifier.verify import passkey_fingerprint
from marketplace.preparation.answers import count
from marketplace.preparation.explanation import synthetic_in_words
from marketplace.preparation.models import Verdict
from marketplace.rights.models import Claim
from marketplace.rights.states import COMPLETABLE
from marketplace.trading.instead_of_rows import budget_facts
from marketplace.trading.models import (
    Contract,
    Listing,
    Order,
    SignatureKind,
    SignatureRecord,
)
from marketplace.trading.policies import Side
from marketplace.trading.selectors import sandbox_of
from marketplace.trading.sold_rights import sells_right
from marketplace.trading.states import UNDONE, OrderState
from marketplace.trading.terms_in_words import sale_facts
from marketplace.web.shares import percent


def risk_in_words(risk: Mapping[str, Any]) -> list[str]:
    """Say what somebody who looks for a person in the data could find, in whole sentences.

    Nothing is said of what was not measured.
    """
    figures, verdict = risk["figures"], risk["verdict"]
    sentences = []
    if verdict == Verdict.NO_PERSONAL_INFORMATION:
        sentences.append(_("No column tells anything about a person."))
    elif verdict == Verdict.ANONYMOUS:
        sentences.append(_("The data is anonymous."))
    elif verdict == Verdict.DE_IDENTIFIED:
        sentences.append(_("The data is still personal information and is used on its basis only."))
    if figures.get("synthetic"):
        sentences.append(synthetic_in_words(figures["synthetic"]))
    sentences += _attackers_in_words(risk["judgement"])
    smallest, rows = int(figures["smallest_class"]), int(figures["rows"])
    if verdict != Verdict.NO_PERSONAL_INFORMATION and smallest and risk.get("quasi_identifiers"):
        sentences.append(
            ngettext(
                "Whoever knows somebody's features from elsewhere finds at least %(count)d row "
                "that fits.",
                "Whoever knows somebody's features from elsewhere finds at least %(count)d rows "
                "that fit, and cannot tell them apart.",
                smallest,
            )
            % {"count": smallest}
        )
        sentences.append(
            _("%(unique)s of %(rows)s rows stand alone with their features.")
            % {"unique": count(int(figures["unique_rows"])), "rows": count(rows)}
        )
    suppressed = int(figures.get("suppressed_rows", 0))
    if suppressed:
        sentences.append(
            _("%(count)s rows (%(share)s) were left out because they stood out.")
            % {"count": count(suppressed), "share": percent(float(figures["suppressed_share"]))}
        )
    return sentences


def _attackers_in_words(judgement: Mapping[str, Any]) -> list[str]:
    tried = [one for one in judgement["attackers"] if one["tried"]]
    if not tried:
        return []
    strongest = max(tried, key=lambda one: float(one["excess"]))
    return [
        _(
            "%(count)d kinds of attackers tried it before it was listed. The strongest was right "
            "in %(rate)s of the cases, where guessing is right in %(control)s."
        )
        % {
            "count": len(tried),
            "rate": percent(float(strongest["rate"])),
            "control": percent(float(strongest["control"])),
        }
    ]


@dataclass(frozen=True)
class NextStep:
    """What has to happen next, and whether the reader is the one to do it."""

    sentence: str
    is_mine: bool


STEPS: tuple[tuple[str | Promise, OrderState], ...] = (
    (gettext_lazy("Order"), OrderState.PLACED),
    (gettext_lazy("Seller accepts"), OrderState.ACCEPTED),
    (gettext_lazy("Contract"), OrderState.SIGNED),
    (gettext_lazy("Payment"), OrderState.PAID),
    (gettext_lazy("Delivery"), OrderState.DELIVERED),
    (gettext_lazy("Done"), OrderState.COMPLETED),
)
ENTRY = gettext_lazy("Entry in the register")
"""What the step of the delivery is where the right itself is sold."""


def order_steps(order: Order) -> list[dict[str, str]]:
    """Answer the steps of an order for the guided path; nothing once it came to nothing."""
    if order.state in UNDONE:
        return []
    state = OrderState(order.state)
    if state == OrderState.COUNTERED:
        state = OrderState.PLACED
    if state in (OrderState.OBJECTED, OrderState.DISPUTED):
        # It has come as far as it was delivered, and no further.
        state = OrderState.DELIVERED if order.delivered_at else OrderState.PAID
    reached = [each for _label, each in STEPS].index(state)
    is_right = sells_right(order.listing)
    return [
        {
            "label": str(ENTRY if is_right and each == OrderState.DELIVERED else label),
            "state": "done"
            if number <= reached
            else "current"
            if number == reached + 1
            else "todo",
        }
        for number, (label, each) in enumerate(STEPS)
    ]


def next_step(
    order: Order, contract: Contract | None, side: Side | None, transfer: Claim | None = None
) -> NextStep | None:
    """Say what is next and for whom; None once an order is over.

    `transfer` is the register's case by which a sold right passes.
    """
    seller, buyer = order.listing.organization.name, order.buyer.name
    if order.state == OrderState.PLACED:
        sentence = _("%(seller)s accepts or declines the order, or makes another offer.")
        return NextStep(sentence % {"seller": seller}, side == Side.SELLER)
    if order.state == OrderState.COUNTERED:
        sentence = _("%(buyer)s accepts or declines the seller's offer, or makes another.")
        return NextStep(sentence % {"buyer": buyer}, side == Side.BUYER)
    if order.state == OrderState.ACCEPTED and contract is not None:
        waiting = [
            (name, signer)
            for name, signer, moment in (
                (seller, Side.SELLER, contract.seller_signed_at),
                (buyer, Side.BUYER, contract.buyer_signed_at),
            )
            if moment is None
        ]
        names = _(" and ").join(name for name, _signer in waiting)
        sentence = _("To read the contract and sign it: %(names)s.") % {"names": names}
        return NextStep(sentence, side in [signer for _name, signer in waiting])
    if order.state == OrderState.SIGNED:
        sentence = _("%(buyer)s pays the price to the centre, whose finance officer records it.")
        return NextStep(sentence % {"buyer": buyer}, side == Side.BUYER)
    if order.state == OrderState.PAID and sells_right(order.listing):
        return _next_of_sale(buyer, seller, side, transfer)
    if order.state == OrderState.PAID:
        sentence = _("%(buyer)s opens the data; the term of acceptance runs from then.")
        return NextStep(sentence % {"buyer": buyer}, side == Side.BUYER)
    if order.state == OrderState.DELIVERED and order.acceptance_due_on is not None:
        sentence = _("%(buyer)s checks the delivery and accepts it, at the latest on %(day)s.")
        named = {"buyer": buyer, "day": last_day_shown(order, "acceptance_due_on")}
        return NextStep(sentence % named, side == Side.BUYER)
    if order.state == OrderState.OBJECTED:
        sentence = _(
            "%(buyer)s and %(seller)s settle the objection, with the centre's help where they "
            "wish it. The money stays held until %(buyer)s accepts."
        )
        return NextStep(sentence % {"buyer": buyer, "seller": seller}, side is not None)
    if order.state == OrderState.DISPUTED:
        sentence = _("The centre mediates the dispute. Its page, linked below, says what is next.")
        return NextStep(sentence, False)
    return None


def _next_of_sale(buyer: str, seller: str, side: Side | None, transfer: Claim | None) -> NextStep:
    """Say what is next while the register passes a sold right."""
    if transfer is None:
        return NextStep(_("The centre opens the transfer of the right in the register."), False)
    if transfer.state not in COMPLETABLE:
        sentence = _(
            "The register examines the transfer. The payment is released when it records "
            "%(buyer)s as the new holder, and goes back when it does not."
        )
        return NextStep(sentence % {"buyer": buyer}, False)
    sentence = _(
        "%(buyer)s joins the transfer in the register, and %(seller)s takes part. The payment "
        "is released when the register records %(buyer)s as the new holder."
    )
    is_mine = side == Side.BUYER or (side is not None and transfer.joined_by_id is not None)
    return NextStep(sentence % {"buyer": buyer, "seller": seller}, is_mine)


def signatures_in_words(contract: Contract) -> list[dict[str, Any]]:
    """Answer how and when each side signed a contract, or that it has not."""
    at = {Side.SELLER: contract.seller_signed_at, Side.BUYER: contract.buyer_signed_at}
    return signed_in_words(contract.order, contract.signatures.all(), at=at)


def signed_in_words(
    order: Order,
    signatures: Iterable[SignatureRecord],
    *,
    at: Mapping[Side, datetime | None] | None = None,
) -> list[dict[str, Any]]:
    """Answer how and when each side signed; `at` tells it of old contracts without signatures."""
    made, at = {each.side: each for each in signatures}, at or {}
    return [
        {
            "name": name,
            "signed_at": made[side].signed_at if side in made else at.get(side),
            "kind": made[side].get_kind_display() if side in made else _("Acknowledged"),
            "fingerprint": passkey_fingerprint(made[side].evidence["public_key"])
            if side in made and made[side].kind == SignatureKind.PASSKEY
            else "",
        }
        for name, side in (
            (order.listing.organization.name, Side.SELLER),
            (order.buyer.name, Side.BUYER),
        )
    ]


def listing_facts(listing: Listing) -> list[tuple[str, Any]]:
    """Answer what a listing is, as a list to read."""
    version = listing.version
    return [
        (_("Seller"), listing.organization.name),
        (_("Dataset"), listing.dataset.title),
        (_("Summary"), listing.summary),
        (
            _("Version"),
            _("Number %(number)d: %(rows)d rows, %(columns)d columns")
            % {
                "number": version.number,
                "rows": version.rows,
                "columns": version.column_count,
            },
        ),
        *([(_("Replaces"), listing.replaces.title)] if listing.replaces else []),
        (_("Price"), " ".join(listing.price_plan.describe(listing.currency))),
        *sale_facts(listing),
        (_("Delivery"), listing.get_delivery_mode_display()),
        *budget_facts(sandbox_of(listing)),
    ]
