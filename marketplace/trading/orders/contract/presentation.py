from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from marketplace.ledger.verifier.verify import passkey_fingerprint
from marketplace.trading.orders.approval.presentation import signatory_in_words
from marketplace.trading.orders.contract.models import Contract, SignatureKind, SignatureRecord
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side


def signatures_in_words(contract: Contract) -> list[dict[str, Any]]:
    """Return how and when each side signed a contract, or that it has not."""
    at = {Side.SELLER: contract.seller_signed_at, Side.BUYER: contract.buyer_signed_at}
    return signed_in_words(contract.order, contract.signatures.all(), at=at)


def signed_in_words(
    order: Order,
    signatures: Iterable[SignatureRecord],
    *,
    at: Mapping[Side, datetime | None] | None = None,
) -> list[dict[str, Any]]:
    """Return how and when each side signed; `at` tells it of old contracts without signatures."""
    made, at = {each.side: each for each in signatures}, at or {}
    return [
        {
            "name": name,
            "signed_at": made[side].signed_at if side in made else at.get(side),
            "kind": made[side].get_kind_display() if side in made else _("Acknowledged"),
            "signatory": signatory_in_words(made[side].mandate) if side in made else [],
            "fingerprint": passkey_fingerprint(made[side].evidence["public_key"])
            if side in made and made[side].kind == SignatureKind.PASSKEY
            else "",
        }
        for name, side in (
            (order.listing.organization.name, Side.SELLER),
            (order.buyer.name, Side.BUYER),
        )
    ]
