"""Gather the evidence of an order: what the ledger and the books tell, frozen under a digest."""

from __future__ import annotations

import hashlib
from typing import Any

from marketplace.credentials.documents import canonical_bytes
from marketplace.ledger.selectors import entries_about
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.selectors import transfers_of


def dossier_of(order: Order) -> dict[str, Any]:
    """Return contract, sheet, risk report, movements of money and every fact about the order."""
    contract, listing = contract_of(order), order.listing
    named = contract.agreed.get("sheet_sha256") if contract else ""
    return {
        "order": str(order.pk),
        "price": str(order.price),
        "currency": order.currency,
        "purpose": order.purpose,
        "contract_sha256": contract.digest if contract else "",
        "sheet_sha256": named or listing.sheet_digest,
        "bytes_sha256": listing.revision.version.file.sha256,
        "risk_report": str(listing.risk_report_id or ""),
        "delivered_at": order.delivered_at.isoformat() if order.delivered_at else "",
        "transfers": [
            {
                "kind": row.kind,
                "amount": str(row.amount),
                "at": row.created_at.isoformat(),
            }
            for row in transfers_of(order)
        ],
        "facts": [
            {
                "kind": entry.kind,
                "at": entry.happened_at.isoformat(),
                "reference": str(entry.reference),
            }
            for entry in entries_about(f"order:{order.pk}")
        ],
    }


def digest_of(dossier: dict[str, Any]) -> str:
    """Return the SHA-256 of a dossier's canonical JSON."""
    return hashlib.sha256(canonical_bytes(dossier)).hexdigest()
