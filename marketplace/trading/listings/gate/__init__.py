"""The gate: what must stand before a listing may be sold. Each lack is a refusal of its own."""

from marketplace.trading.listings.gate.findings import CODES, GateFinding
from marketplace.trading.listings.gate.proofs import (
    Proofs,
    bound_proofs,
    lock_proofs,
    newest_proofs,
    past_proofs,
    proofs_of,
    proofs_to_advance,
    proofs_with,
)
from marketplace.trading.listings.gate.refusals import (
    GatePoint,
    findings_of,
    points_of,
    refuse,
    refuse_unless_on_market,
    refuse_unless_priced,
    refuse_unless_standing,
)
from marketplace.trading.listings.gate.upstream import SELLING_RIGHT

__all__ = [
    "CODES",
    "SELLING_RIGHT",
    "GateFinding",
    "GatePoint",
    "Proofs",
    "bound_proofs",
    "findings_of",
    "lock_proofs",
    "newest_proofs",
    "past_proofs",
    "points_of",
    "proofs_of",
    "proofs_to_advance",
    "proofs_with",
    "refuse",
    "refuse_unless_on_market",
    "refuse_unless_priced",
    "refuse_unless_standing",
]
