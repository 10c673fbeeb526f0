"""The acts on webhooks and their doors."""

from __future__ import annotations

from marketplace.core.actor import Actor, Door
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.services import close_endpoint
from marketplace.outbound.message.sending import Outcome
from marketplace.outbound.message.services import keep_outcome, take_message
from tests.given import receivers as given
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

CHOSEN: dict[str, object] = {"events": ["revision.live", "grant.ended"]}
WORKER = Actor.system(Door.TASK)


def nothing(world: World) -> Things:
    """Need nothing."""
    return {}


def endpoint(world: World) -> Things:
    """Return an endpoint of the buyer."""
    return {"pk": given.endpoint(world).pk}


def closed(world: World) -> Things:
    """Return an endpoint that is closed."""
    return {"pk": given.closed(world).pk}


def disabled(world: World) -> Things:
    """Return an endpoint that said that it is gone."""
    pk = given.registered(world).endpoint.pk
    given.told(world)
    taken = take_message(by=WORKER)
    assert taken is not None
    keep_outcome(taken.try_id, outcome=Outcome("gone", 410), by=WORKER)
    return {"pk": pk}


def failed(world: World) -> Things:
    """Return a message that was tried once, and was not taken."""
    given.registered(world)
    [message] = given.told(world)
    taken = take_message(by=WORKER)
    assert taken is not None
    keep_outcome(taken.try_id, outcome=Outcome("refused", 500, "no"), by=WORKER)
    return {"pk": message.pk}


def of_closed(world: World) -> Things:
    """Return a message of an endpoint that was closed meanwhile."""
    things = failed(world)
    pk = Endpoint.objects.get().pk
    close_endpoint(pk, by=world.actor("buyer"))
    return things


CASES = [
    DoorCase(
        act="outbound.endpoint.services.register_endpoint",
        given=nothing,
        actor="second_buyer",
        page=to("endpoint_list", {"address": given.ADDRESS, **CHOSEN}),
        api=to("api_register_endpoint", {"address": given.ADDRESS, **CHOSEN}),
        fact="outbound.endpoint_registered",
        scope="administer",
        not_allowed="finance",
        only="It makes a thing of one's own. The same address again is refused.",
    ),
    DoorCase(
        act="outbound.endpoint.services.choose_events",
        given=endpoint,
        actor="second_buyer",
        page=to("endpoint_events", CHOSEN),
        api=to("api_choose_endpoint_events", CHOSEN),
        fact="outbound.endpoint_events_chosen",
        scope="administer",
        not_visible="stranger",
        wrong_state=closed,
        again="already",
        only="Everybody of this organization buys for it.",
    ),
    DoorCase(
        act="outbound.endpoint.services.rotate_secret",
        given=endpoint,
        actor="second_buyer",
        page=to("endpoint_rotate"),
        api=to("api_rotate_endpoint_secret"),
        fact="outbound.endpoint_secret_rotated",
        scope="administer",
        not_visible="stranger",
        wrong_state=closed,
        again="told-once",
        only="Everybody of this organization buys for it.",
    ),
    DoorCase(
        act="outbound.endpoint.services.enable_endpoint",
        given=disabled,
        actor="second_buyer",
        page=to("endpoint_enable"),
        api=to("api_enable_endpoint"),
        fact="outbound.endpoint_enabled",
        scope="administer",
        not_visible="stranger",
        wrong_state=endpoint,
        only="Everybody of this organization buys for it.",
    ),
    DoorCase(
        act="outbound.endpoint.services.close_endpoint",
        given=endpoint,
        actor="second_buyer",
        page=to("endpoint_close"),
        api=to("api_close_endpoint"),
        fact="outbound.endpoint_closed",
        scope="administer",
        not_visible="stranger",
        wrong_state=closed,
        only="Everybody of this organization buys for it.",
    ),
    DoorCase(
        act="outbound.message.services.try_endpoint",
        given=endpoint,
        actor="second_buyer",
        page=to("endpoint_try"),
        api=to("api_try_endpoint"),
        fact="outbound.endpoint_tried",
        scope="administer",
        not_visible="stranger",
        wrong_state=disabled,
        again="already",
        only="Everybody of this organization buys for it.",
    ),
    DoorCase(
        act="outbound.message.services.resend_message",
        given=failed,
        actor="second_buyer",
        page=to("message_resend"),
        api=to("api_resend_message"),
        fact="outbound.message_resent",
        scope="administer",
        not_visible="stranger",
        wrong_state=of_closed,
        only="Everybody of this organization buys for it.",
    ),
]
