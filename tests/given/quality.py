"""Quality rules of a dataset, and versions that keep or fail them, reached by acts."""

from __future__ import annotations

from typing import Any

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.quality.execution import measure_version
from marketplace.catalog.quality.models import QualityCheck, QualityRules
from marketplace.catalog.quality.selectors import newest_check, rules_to_review
from marketplace.catalog.quality.services import set_quality_rules
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_source_version
from tests.given.catalog import approved_again, approved_dataset
from tests.given.shelf import kept
from tests.given.world import World

WHY = "The machines of line 2 were replaced."


def rule(kind: str, *columns: str, severity: str = "blocks", **said: Any) -> dict[str, Any]:
    """Return a rule as a program sends it; what is no tolerance is a parameter."""
    tolerance = said.pop("tolerance", None)
    return {
        "kind": kind,
        "columns": list(columns),
        "parameters": said,
        "tolerance": tolerance,
        "severity": severity,
    }


KEPT = (
    rule("present", "line"),
    rule("unique", "day", "line"),
    rule("range", "boardings", at_least="0"),
    rule("volume", tolerance={"share": "0.5"}, severity="warns"),
)
"""What the table of trips keeps."""
FAILED = (rule("range", "boardings", at_most="1000"),)
"""What three of its four rows fail: 1204, 1311 and 1002."""


def set_rules(
    world: World, dataset: Dataset, rules: Any = KEPT, *, reason: str = "", by: str = "officer"
) -> QualityRules:
    """Set the rules of a dataset; those that promise less are approved by a second person."""
    said = set_quality_rules(dataset.pk, rules=list(rules), reason=reason, by=world.actor(by))
    if rules_to_review(dataset) is not None:
        approved_again(world, dataset, by=by)
    return said


def measured(version: DatasetVersion) -> QualityCheck:
    """Ask a version the rules of its dataset, as a worker does."""
    measure_version(version.pk)
    version.refresh_from_db()
    check = newest_check(version)
    assert check is not None
    return check


@kept
def ruled(world: World) -> Dataset:
    """Return an approved dataset whose newest version keeps its rules."""
    dataset = approved_dataset(world)
    set_rules(world, dataset)
    newest = latest_source_version(dataset)
    assert newest is not None
    measured(newest)
    return dataset
