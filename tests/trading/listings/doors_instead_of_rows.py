"""The doors of what is delivered instead of rows: a sandbox's declaration, a report."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from marketplace.trading.listings.listing.models import Listing
from tests.given import reports, sandboxes
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

SANDBOX_JSON: dict[str, Any] = {
    "declaration": sandboxes.DECLARATION.as_json(),
    "epsilon_question": "0.5",
    "epsilon": "1",
    "epsilon_all": "3",
}
SANDBOX_FORM = {
    "rows": "1",
    "period": "licence",
    **{name: value for name, value in SANDBOX_JSON.items() if name != "declaration"},
    "use_1": "listed",
    "values_1": "1\n2\n3",
    "use_2": "bounded",
    "low_2": "0",
    "high_2": "2000",
}


def key_of(reach: Callable[[World], Listing]) -> Callable[[World], Things]:
    """Return a builder that tells the key of what it reached."""
    return lambda world: {"pk": reach(world).pk}


MEASURING: dict[str, Any] = {
    "is_open": True,
    "epsilon": "1",
    "most_of_buyer": 2,
    "rows": 1,
    "source": "line",
    "sources": ["1", "2", "3"],
}

CASES = [
    DoorCase(
        act="trading.listings.measuring.services.allow_measuring",
        given=key_of(given.published),
        actor="officer",
        page=to("measuring_allow", {**MEASURING, "sources": "1\n2\n3"}),
        api=to("api_allow_measuring", MEASURING),
        fact="trading.measuring_allowed",
        scope="trade",
        not_allowed="auditor",
        wrong_state=key_of(sandboxes.declared),
        again="already",
    ),
    DoorCase(
        act="trading.listings.report.services.write_report",
        given=key_of(reports.drafted),
        actor="officer",
        page=to("report_write", {"content": json.dumps(reports.CARD)}),
        api=to("api_write_report", reports.CARD),
        fact="trading.report_written",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=key_of(given.drafted),
        again="already",
    ),
    DoorCase(
        act="trading.listings.sandbox.services.declare_sandbox",
        given=key_of(sandboxes.drafted),
        actor="officer",
        page=to("sandbox_declare", SANDBOX_FORM),
        api=to("api_declare_sandbox", SANDBOX_JSON),
        fact="trading.sandbox_declared",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=key_of(given.drafted),
        again="already",
    ),
]
