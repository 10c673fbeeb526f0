"""The doors of transfers."""

from __future__ import annotations

from tests.given import rights as given
from tests.given.doors import DoorCase, to
from tests.given.world import code
from tests.rights.reached import withdrawn_transfer
from tests.rights.senders import a, acquirer

TRANSFERS = (
    DoorCase(
        act="rights.transfer.services.open_transfer",
        given=a(given.certified),
        actor="officer",
        page=to("certificate_transfer", {"acquirer_id": code("rival")}),
        api=to("api_open_transfer", acquirer),
        fact="rights.transfer_opened",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=a(given.frozen_certificate),
        again="already",
    ),
    DoorCase(
        act="rights.transfer.services.join_transfer",
        given=a(given.opened_transfer),
        actor="stranger",
        page=to("claim_join"),
        api=to("api_join_transfer"),
        fact="rights.transfer_joined",
        scope="trade",
        not_allowed="officer",
        not_visible="buyer",
        wrong_state=a(withdrawn_transfer),
        again="already",
    ),
)
