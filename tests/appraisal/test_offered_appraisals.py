"""What page and API offer of a valuation is what the acts accept, for every state and role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.models import Appraisal, Method
from marketplace.appraisal.appraisal.rules import ACTS_ON_APPRAISAL, acts_on_appraisal
from marketplace.appraisal.appraisal.services import (
    approve_appraisal,
    revise_appraisal,
)
from marketplace.core.actor import Actor
from marketplace.rights.freeze.services import freeze_certificate
from tests.conftest import ApiClients, PageClients
from tests.given import appraisal as given
from tests.given.catalog import source_version
from tests.given.preparation import masked, policy_document
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World

PEOPLE = ("officer", "reviewer", "second_reviewer", "stranger", "auditor")
WHY = "For a reason."
OTHER = [
    GivenApproach(Method.COST, given.inputs(components={**given.COSTS, "direct": "170000"})),
]


def tried(appraisal: Appraisal, by: Actor) -> dict[str, bool]:
    """Try every act that the pages of a valuation can offer."""
    pk = appraisal.pk
    more = {
        "revise_appraisal": accepts(
            lambda: revise_appraisal(pk, approaches=OTHER, purpose=appraisal.purpose, by=by)
        ),
        "approve_appraisal": accepts(
            lambda: approve_appraisal(pk, checklist=given.CHECKLIST, by=by)
        ),
    }
    return accepted_acts(ACTS_ON_APPRAISAL, pk, by, more)


def outdated(world: World) -> Appraisal:
    """Mask another version after a valuation was submitted."""
    appraisal = given.submitted(world)
    source = source_version(appraisal.dataset)
    masked(world, source, document=policy_document(source, line="drop"))
    return appraisal


def frozen(world: World) -> Appraisal:
    """Freeze the right that a draft is a valuation of."""
    appraisal = given.drafted(world)
    freeze_certificate(appraisal.certificate_id, reason=WHY, by=world.actor("reviewer"))
    return appraisal


def superseded(world: World) -> Appraisal:
    """Put another valuation of the same data in force."""
    appraisal = given.in_force(world)
    given.in_force(world, appraisal.dataset)
    return appraisal


STATES: dict[str, Callable[[World], Appraisal]] = {
    "drafted": given.drafted,
    "frozen": frozen,
    "submitted": given.submitted,
    "outdated": outdated,
    "returned": given.returned,
    "in-force": given.in_force,
    "superseded": superseded,
    "withdrawn": given.withdrawn,
}


@pytest.mark.parametrize("state", STATES)
def test_a_valuation_offers_what_is_accepted(state: str, world: World) -> None:
    """To its officers, to the second person and to nobody else."""
    pk = STATES[state](world).pk
    for person in PEOPLE:
        by, appraisal = world.actor(person), Appraisal.objects.get(pk=pk)
        assert dict(acts_on_appraisal(appraisal, by)) == tried(appraisal, by), person


def test_an_outdated_valuation_says_why_it_is_not_approved(
    world: World, api_of: ApiClients, page_of: PageClients
) -> None:
    """The API with code and sentence, the page instead of the form."""
    appraisal = outdated(world)
    acts = api_of("reviewer").get(reverse("api_get_appraisal", args=[appraisal.pk])).json()["acts"]
    assert acts["approve_appraisal"]["code"] == "version-changed"
    assert acts["return_appraisal"] == {"allowed": True}
    page = page_of("reviewer").get(reverse("appraisal_review", args=[appraisal.pk]))
    assert acts["approve_appraisal"]["detail"] in page.content.decode()
    assert reverse("appraisal_approve", args=[appraisal.pk]) not in page.content.decode()
