"""The text of a contract, rendered once from an order and frozen."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from marketplace.trading.models import Order
from marketplace.trading.terms import DerivedData, DisputePlace, OnwardTransfer, Terms


def contract_text(order: Order, *, language: str, on: date) -> str:
    """Write the contract of an order in a language, as plain text with one final line end."""
    listing = order.listing
    terms = Terms.from_json(_on_one_line(order.terms))
    sheet = listing.sheet or {}
    with translation.override(language):
        context = {
            "order": order,
            "purpose": _one_line(order.purpose),
            "title": _one_line(listing.title),
            "summary": _one_line(listing.summary),
            "listing": listing,
            "seller": listing.organization,
            "buyer": order.buyer,
            "centre": settings.CENTRE_NAME_CHINESE
            if language.startswith("zh")
            else settings.CENTRE_NAME,
            "terms": terms,
            "fee": [_one_line(line) for line in order.agreed_plan.describe(order.currency)],
            "sheet": sheet,
            "onward_transfer": OnwardTransfer(terms.onward_transfer).label,
            "derived_data": DerivedData(terms.derived_data).label,
            "dispute": DisputePlace(terms.dispute).label,
            "delivery": listing.get_delivery_mode_display(),
            "on": on,
            "fee_percent": settings.CENTRE["FEE_RATE"],
        }
        text = render_to_string("trading/contract.txt", context)
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    """Join the lines of what somebody wrote, so that no word of theirs looks like a clause."""
    return " ".join(text.split())


def _on_one_line(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _one_line(value) if isinstance(value, str) else value
        for name, value in values.items()
    }


def contract_digest(text: str) -> str:
    """Answer the SHA-256 of a contract's text in UTF-8, as hex."""
    return hashlib.sha256(text.encode()).hexdigest()
