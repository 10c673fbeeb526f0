"""The acts of delivery and their doors; downloads are read by GET and have tests of their own."""

from __future__ import annotations

from decimal import Decimal

from desensitize.privacy.sandbox import Question
from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.sandbox.services import ask_question
from tests.given import copies, sandboxes
from tests.given import delivery as given
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

QUESTION = {"figure": "count", "epsilon": "0.5"}
REASON = {"reason": "Used against the contract."}


def granted(world: World) -> Things:
    """Return a grant that is open."""
    return {"pk": given.granted(world).pk}


def sandbox(world: World) -> Things:
    """Return a bought sandbox of which nothing was asked."""
    return {"pk": sandboxes.granted(world).pk}


def spent(world: World) -> Things:
    """Return a bought sandbox whose budget is spent on another question."""
    grant = sandboxes.granted(world)
    for column in ("boardings", "delay_minutes"):
        ask_question(
            grant.pk,
            question=Question("sum", column),
            epsilon=Decimal("0.5"),
            by=world.actor("buyer"),
        )
    return {"pk": grant.pk}


def revoked(world: World) -> Things:
    """Return a grant that was taken back."""
    return {"pk": given.revoked(world).pk}


def for_programs(world: World) -> Things:
    """Return a grant that is open to programs."""
    return {"pk": given.for_programs(world).pk}


def for_programs_revoked(world: World) -> Things:
    """Return a grant for programs that was taken back."""
    things = for_programs(world)
    revoke_grant(things["pk"], reason="Misuse.", by=world.actor("reviewer"))
    return things


def key(world: World) -> Things:
    """Return a key in force."""
    return {"pk": given.keyed(world).key.pk}


def broken_copy(world: World) -> Things:
    """Return an order whose copy could not be written."""
    return {"pk": copies.broken(world).asked_for.removeprefix("order:")}


def written_copy(world: World) -> Things:
    """Return an order whose copy is written and measured."""
    order = copies.ordered(world, columns=("line",))
    copies.written(world, order)
    return {"pk": order.pk}


CASES = [
    DoorCase(
        act="delivery.grant.services.retry_copy",
        given=broken_copy,
        actor="officer",
        page=to("order_copy_retry"),
        api=to("api_retry_copy"),
        fact="delivery.copy_retried",
        scope="deliver",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=written_copy,
        again="already",
    ),
    DoorCase(
        act="delivery.grant.services.revoke_grant",
        given=granted,
        actor="reviewer",
        page=to("grant_revoke", REASON),
        api=to("api_revoke_grant", REASON),
        fact="delivery.grant_revoked",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=revoked,
    ),
    DoorCase(
        act="delivery.use.services.make_grant_key",
        given=for_programs,
        actor="buyer",
        page=to("grant_key_make", {"days": 30}),
        api=to("api_make_grant_key", {"days": 30}),
        fact="delivery.grant_key_made",
        scope="deliver",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=for_programs_revoked,
        again="told-once",
    ),
    DoorCase(
        act="delivery.use.services.revoke_grant_key",
        given=key,
        actor="buyer",
        page=to("grant_key_revoke"),
        api=to("api_revoke_grant_key"),
        fact="delivery.grant_key_revoked",
        scope="deliver",
        not_allowed="officer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="delivery.sandbox.services.ask_question",
        given=sandbox,
        actor="buyer",
        page=to("grant_ask", QUESTION),
        api=to("api_ask_question", QUESTION),
        fact="delivery.question_answered",
        scope="deliver",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=spent,
        again="already",
    ),
]
