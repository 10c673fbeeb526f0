"""The doors of renewals, changes and cancellations."""

from __future__ import annotations

from datetime import timedelta

from marketplace.core import clock
from marketplace.rights.certificate.models import Certificate
from tests.given import rights as given
from tests.given.doors import DoorCase, to
from tests.given.following import GROUNDS
from tests.given.world import World
from tests.rights.senders import a

CHANGED = {"grounds": GROUNDS, "restrictions": "In Fujian", "industry": "G", "term_years": 3}


def renewable_certificate(world: World) -> Certificate:
    """Let a certificate come to the last half year of its time."""
    with clock.stopped_at(clock.now() - timedelta(days=300)):
        return given.certified(world, term_years=1)


FOLLOWING = (
    DoorCase(
        act="rights.follow_up.services.ask_renewal",
        given=a(renewable_certificate),
        actor="officer",
        page=to("certificate_renew", {"term_years": 2}),
        api=to("api_ask_renewal", {"term_years": 2}),
        fact="rights.renewal_asked",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=a(given.certified),
        again="already",
    ),
    DoorCase(
        act="rights.follow_up.services.ask_change",
        given=a(given.certified),
        actor="officer",
        page=to("certificate_change", CHANGED),
        api=to("api_ask_change", CHANGED),
        fact="rights.change_asked",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=a(given.frozen_certificate),
        again="already",
    ),
    DoorCase(
        act="rights.follow_up.services.ask_cancellation",
        given=a(given.certified),
        actor="officer",
        page=to("certificate_give_up", {"grounds": GROUNDS}),
        api=to("api_ask_cancellation", {"grounds": GROUNDS}),
        fact="rights.cancellation_asked",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=a(given.frozen_certificate),
        again="already",
    ),
)
