"""The act on reactions that were put aside, and its doors."""

from __future__ import annotations

from tests.given.doors import DoorCase, Things, to
from tests.given.pipeline import put_aside
from tests.given.world import World


def aside(world: World) -> Things:
    """Return an e-mail that could not be handed to a worker."""
    return {"pk": put_aside().pk}


CASES = [
    DoorCase(
        act="pipeline.services.retry_set_aside",
        given=aside,
        actor="administrator",
        page=to("set_aside_retry"),
        api=to("api_retry_set_aside"),
        fact="pipeline.reaction_retried",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        again="new",
        only="Where no broker answers, each try fails again and is recorded.",
    ),
    DoorCase(
        act="pipeline.services.retry_all_set_asides",
        given=aside,
        actor="administrator",
        page=to("set_asides_retry"),
        api=to("api_retry_all_set_asides"),
        fact="pipeline.all_reactions_retried",
        scope="administer",
        not_allowed="reviewer",
        again="new",
        only="Where no broker answers, each try fails again and is recorded.",
    ),
]
