"""The act on reactions that were put aside, and its doors."""

from __future__ import annotations

from django.urls import reverse

from tests.given.doors import DoorCase, Send, Things
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
        page=lambda things: Send(reverse("set_aside_retry", kwargs=things)),
        api=lambda things: Send(reverse("api_retry_set_aside", kwargs=things)),
        fact="pipeline.reaction_retried",
        not_allowed="reviewer",
        not_visible="officer",
        again="new",
        only="Where no broker answers, each try fails again and is recorded.",
    ),
    DoorCase(
        act="pipeline.services.retry_all_set_asides",
        given=aside,
        actor="administrator",
        page=lambda things: Send(reverse("set_asides_retry")),
        api=lambda things: Send(reverse("api_retry_all_set_asides")),
        fact="pipeline.all_reactions_retried",
        not_allowed="reviewer",
        again="new",
        only="Where no broker answers, each try fails again and is recorded.",
    ),
]
