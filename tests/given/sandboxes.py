"""Sandboxes on offer and bought, reached by acts."""

from __future__ import annotations

from decimal import Decimal

from desensitize.privacy.sandbox import Declaration, Number, Question
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.sandbox.models import Answer
from marketplace.delivery.sandbox.services import ask_question
from marketplace.preparation.budget.models import BudgetCharge
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.listings.sandbox.services import SandboxOffer, declare_sandbox
from tests.given import delivery, trading
from tests.given.shelf import kept
from tests.given.world import World

DECLARATION = Declaration(
    numbers={
        "boardings": Number(Decimal(0), Decimal(2000)),
        "delay_minutes": Number(Decimal(0), Decimal(10), 2),
    },
    categories={"line": ("1", "2", "3"), "day": None},
)
OFFERED = SandboxOffer(
    declaration=DECLARATION,
    epsilon_question=Decimal("0.5"),
    epsilon=Decimal(1),
    epsilon_all=Decimal(3),
)
COUNT = Question("count")


@kept
def drafted(world: World) -> Listing:
    """Draft a listing to be delivered as a sandbox, which is not declared yet."""
    return trading.drafted(world, delivery_mode="sandbox")


@kept
def declared(world: World, offered: SandboxOffer = OFFERED) -> Listing:
    """Draft a listing with its declared sandbox."""
    listing = drafted(world)
    declare_sandbox(listing.pk, offered=offered, by=world.actor("officer"))
    return listing


@kept
def published(world: World, offered: SandboxOffer = OFFERED) -> Listing:
    """Bring a sandbox to the market."""
    listing = submit_listing(declared(world, offered).pk, by=world.actor("officer"))
    checklist = trading.LISTING_CHECKLIST
    return publish_listing(listing.pk, checklist=checklist, by=world.actor("second_reviewer"))


@kept
def granted(
    world: World, listing: Listing | None = None, *, offered: SandboxOffer = OFFERED
) -> Grant:
    """Open a bought sandbox to its buyer."""
    order = trading.placed(world, listing or published(world, offered))
    return delivery.granted(world, trading.paid(world, order))


@kept
def answered(world: World, grant: Grant | None = None, *, epsilon: str = "0.5") -> Answer:
    """Let the buyer have asked for the number of rows."""
    grant = grant or granted(world)
    return ask_question(grant.pk, question=COUNT, epsilon=Decimal(epsilon), by=world.actor("buyer"))


def spent_of_all() -> Decimal:
    """Return what was spent of all privacy budgets."""
    return sum((charge.epsilon for charge in BudgetCharge.objects.all()), Decimal(0))
