"""Acts on one right that begin together, and what then holds of the register."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from marketplace.core import clock
from marketplace.ledger.models import Entry
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.registration.services import confirm_claim
from tests.given import following
from tests.given import rights as given
from tests.given.threads import at_once
from tests.given.world import World
from tests.rights.register_rules import is_held

FIRST, LATER, LAST = "2026-11-05", "2027-05-10", "2027-11-06"
"""When a right is certified for a year, when it can be renewed, and when it is over."""

Act = Callable[[], Any]


def together(*acts: Act, on: str = LATER) -> list[Any]:
    """Let all begin together on a day; answer what each gives, or its refusal in words."""

    def one(number: int) -> Any:
        with clock.stopped_at(given.at(on, hour=12)):
            return acts[number]()

    return at_once(len(acts), one)


def of_one_year(world: World) -> Certificate:
    """Return a certificate that can be renewed on `LATER`."""
    with clock.stopped_at(given.at(FIRST)):
        return given.certified(world, term_years=1)


def renewed(world: World) -> tuple[Certificate, Certificate]:
    """Return a certificate and its renewal, both in force on `LATER`."""
    first = of_one_year(world)
    with clock.stopped_at(given.at(LATER)):
        return first, following.confirmed_following(world, following.asked_renewal(world, first))


def confirming(world: World, claim: Claim) -> Act:
    """Return the act of the second reviewer."""
    return partial(
        confirm_claim,
        claim.pk,
        checklist=given.RIGHT_CHECKLIST,
        by=world.actor("second_reviewer"),
    )


def objecting(world: World, claim: Claim, by: str = "stranger") -> Act:
    """Return the act of somebody who objects."""
    return partial(given.raised_objection, world, claim, by=by)


def asking(world: World, certificate: Certificate, kind: str) -> Act:
    """Return the act by which a holder asks for what shall follow from a certificate."""
    acts: dict[str, Act] = {
        "renewal": partial(following.asked_renewal, world, certificate, term_years=1),
        "longer": partial(following.asked_renewal, world, certificate, term_years=2),
        "change": partial(following.asked_change, world, certificate),
        "cancel": partial(following.asked_cancellation, world, certificate),
        "transfer": partial(given.opened_transfer, world, certificate),
    }
    return acts[kind]


def states() -> list[str]:
    """Return the state of every certificate, the oldest first."""
    return list(Certificate.objects.order_by("created_at").values_list("state", flat=True))


def replayed() -> list[str]:
    """Return the same from what the ledger tells alone."""
    told: dict[str, str] = {}
    for entry in Entry.objects.filter(subject__startswith="certificate:").order_by("pk"):
        state = {
            "rights.certificate_issued": "in_force",
            "rights.certificate_frozen": "frozen",
            "rights.certificate_unfrozen": "in_force",
            "rights.certificate_cancelled": "cancelled",
            "rights.certificate_expired": "expired",
            "rights.certificate_superseded": "superseded",
        }.get(entry.kind)
        if state is not None:
            told[entry.subject] = state
    return list(told.values())


def check_coherent() -> None:
    """Hold the register to its rules: one holder's certificates of a right stand or are frozen
    together, the lists say the same, and the ledger tells of it."""
    for one in Certificate.objects.select_related("credential"):
        assert (one.credential.state == "suspended") == is_held(one)
    assert len({state for state in states() if state in ("in_force", "frozen")}) <= 1
    assert sorted(replayed()) == sorted(states())
