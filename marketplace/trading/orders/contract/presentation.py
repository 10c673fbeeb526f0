from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.ledger.verifier.verify import passkey_fingerprint
from marketplace.trading.orders.contract.models import Contract, SignatureKind, SignatureRecord
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.web.templatetags.market import money


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


def signatory_in_words(told: Mapping[str, Any]) -> list[str]:
    """Return who signed in which function, and on what mandate; nothing of an earlier form."""
    if not told:
        return []
    lines = [f"{told['name']}, {Role(told['function']).label}", _mandate(told)]
    if "approved_by" in told:
        approver = told["approved_by"]
        as_owner = approver["basis"] == "owner"
        sentence = (
            _("Approved by %(name)s, an owner, on %(day)s")
            if as_owner
            else _("Approved by %(name)s, whose limit is %(limit)s, on %(day)s")
        )
        named = {"name": approver["name"], "day": _day(told["approved_at"])}
        lines.append(sentence % (named if as_owner else named | {"limit": _limit(approver, told)}))
    return lines


def _mandate(told: Mapping[str, Any]) -> str:
    if told["basis"] == "owner":
        return _("Mandate: owner, for any sum")
    limit = _limit(told, told)
    if told["limit_set_by"] is None:
        return _("Mandate: up to %(limit)s alone, as the centre set it") % {"limit": limit}
    return _("Mandate: up to %(limit)s alone, as %(name)s set it on %(day)s") % {
        "limit": limit,
        "name": told["limit_set_by"]["name"],
        "day": _day(told["limit_set_at"]),
    }


def _limit(of: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    return money(Decimal(of["limit"]), told["currency"])


def _day(moment: str) -> str:
    return date_format(localtime(datetime.fromisoformat(moment)))
