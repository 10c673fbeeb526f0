"""The acts of delivery and their doors; downloads are read by GET and have tests of their own."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse

from desensitize.privacy.sandbox import Question
from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.sandbox.services import ask_question
from tests.given import copies, sandboxes
from tests.given import delivery as given
from tests.given.doors import DoorCase, Send, Things
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
        page=lambda things: Send(reverse("order_copy_retry", kwargs=things)),
        api=lambda things: Send(reverse("api_retry_copy", kwargs=things)),
        fact="delivery.copy_retried",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=written_copy,
        again="already",
    ),
    DoorCase(
        act="delivery.grant.services.revoke_grant",
        given=granted,
        actor="reviewer",
        page=lambda things: Send(reverse("grant_revoke", kwargs=things), REASON),
        api=lambda things: Send(reverse("api_revoke_grant", kwargs=things), REASON),
        fact="delivery.grant_revoked",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=revoked,
    ),
    DoorCase(
        act="delivery.use.services.make_grant_key",
        given=for_programs,
        actor="buyer",
        page=lambda things: Send(reverse("grant_key_make", kwargs=things), {"days": 30}),
        api=lambda things: Send(reverse("api_make_grant_key", kwargs=things), {"days": 30}),
        fact="delivery.grant_key_made",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=for_programs_revoked,
        again="told-once",
    ),
    DoorCase(
        act="delivery.use.services.revoke_grant_key",
        given=key,
        actor="buyer",
        page=lambda things: Send(reverse("grant_key_revoke", kwargs=things)),
        api=lambda things: Send(reverse("api_revoke_grant_key", kwargs=things)),
        fact="delivery.grant_key_revoked",
        not_allowed="officer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="delivery.sandbox.services.ask_question",
        given=sandbox,
        actor="buyer",
        page=lambda things: Send(reverse("grant_ask", kwargs=things), QUESTION),
        api=lambda things: Send(reverse("api_ask_question", kwargs=things), QUESTION),
        fact="delivery.question_answered",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=spent,
        again="already",
    ),
]
