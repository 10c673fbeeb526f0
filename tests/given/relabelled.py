"""A herd whose columns are called as those of people are, in each state of relabelling."""

from __future__ import annotations

from functools import cache
from typing import Any

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.policy.services import confirm_policy, confirm_roles
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.selectors import report_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from tests.given import preparation as given
from tests.given import trading
from tests.given.preparation import REASON
from tests.given.shelf import kept
from tests.given.world import World

SEX = 1
"""The place of the column `sex`, from 0 on."""


@cache
def herd() -> str:
    """Make up a table of cows and bulls as CSV."""
    rows = [
        f"{('barn', 'meadow', 'hill')[row % 3]},{'FM'[row % 2]},{10 + row * 7 % 25}"
        for row in range(60)
    ]
    return "\n".join(["stable,sex,milk_litres", *rows]) + "\n"


@kept
def classified_herd(world: World) -> DatasetVersion:
    """Return the classified source version of the herd."""
    return given.classified_version(world, table=herd(), title="A herd", personal_basis="none")


def impersonal(version: DatasetVersion, **masks: Any) -> dict[str, Any]:
    """Return a policy that takes the sex of animals for nothing personal, and keeps it."""
    change = {"role": "other", "mask": "keep", "options": {}}
    return given.policy_document(version, **{"sex": change, **masks})


@kept
def relabelled_herd(world: World) -> DatasetVersion:
    """Return the herd with a policy that waits for a reviewer."""
    version = classified_herd(world)
    confirm_policy(
        version.pk, policy=impersonal(version), reasons={"sex": REASON}, by=world.actor("officer")
    )
    return version


def policy_in_force(version: DatasetVersion) -> MaskingPolicy:
    """Return the policy of a version, which there is."""
    policy = policy_of(version)
    assert policy is not None
    return policy


@kept
def reviewed_herd(world: World) -> DatasetVersion:
    """Return the herd with a policy to which a reviewer agreed."""
    version = relabelled_herd(world)
    confirm_roles(policy_in_force(version).pk, columns=["sex"], by=world.actor("reviewer"))
    return version


def measured(world: World, version: DatasetVersion) -> RiskReport:
    """Desensitize by the policy as it stands; answer the report."""
    run = start_masking(version.pk, by=world.actor("officer"))
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.result_version_id is not None, (run.error_code, run.error_parameters)
    report = report_of(run.result_version_id)
    assert report is not None
    return report


@kept
def measured_herd(world: World) -> RiskReport:
    """Return the report of the herd, measured after a reviewer agreed."""
    return measured(world, reviewed_herd(world))


def drafted_herd(world: World, report: RiskReport) -> Listing:
    """Draft a listing of the herd that has every other proof."""
    version = report.version
    trading.valued(world, version)
    return trading.drafted(world, version)


@kept
def submitted_herd(world: World) -> Listing:
    """Submit a listing of the herd to a second officer."""
    listing = drafted_herd(world, measured_herd(world))
    return submit_listing(listing.pk, by=world.actor("officer"))


@kept
def published_herd(world: World) -> Listing:
    """Bring the herd to the market."""
    return publish_listing(
        submitted_herd(world).pk,
        checklist=trading.LISTING_CHECKLIST,
        columns=["sex"],
        by=world.actor("second_reviewer"),
    )
