"""Rules that the profile of the newest version and what is said of its columns suggest.

Values are named only of columns that are about no person, and only as they are shown of them.
"""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from desensitize.profile import ColumnProfile, is_key
from desensitize.quality import Rule, Severity, Tolerance
from marketplace.catalog.dataset.choices import ColumnType, UpdateFrequency
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.quality.selectors import rules_in_force
from marketplace.catalog.version.code_lists import codes_of
from marketplace.catalog.version.models import Column
from marketplace.catalog.version.selectors import columns_of, latest_source_version
from marketplace.catalog.version.structure import TYPE_OF_VALUES
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
from marketplace.preparation.column.selectors import findings_of

DAYS = {
    UpdateFrequency.DAILY: 2,
    UpdateFrequency.WEEKLY: 10,
    UpdateFrequency.MONTHLY: 40,
    UpdateFrequency.QUARTERLY: 110,
    UpdateFrequency.YEARLY: 430,
}
"""How old the newest day may be on arrival, by how often the data is updated: once and a margin."""

USUAL_APART = Decimal("0.5")
MOST_MISSING = Decimal("0.5")
"""A column that is mostly empty is meant to be."""


def proposed_rules(dataset: Dataset) -> list[Rule]:
    """Return rules that are not in force yet, which the newest version nearly keeps."""
    version = latest_source_version(dataset)
    if version is None:
        return []
    current = rules_in_force(dataset)
    known = {rule.key for rule in current.read} if current is not None else set()
    findings = {finding.name: finding for finding in findings_of(version)}
    found: list[Rule] = []
    for column in columns_of(version):
        found += _of_column(column, findings.get(column.name))
    found += _of_table(dataset, findings)
    return [rule for rule in found if rule.key not in known]


def _of_column(column: Column, finding: ColumnFinding | None) -> Iterator[Rule]:
    name = (column.name,)
    if finding is not None and finding.profile["rows"]:
        profile = finding.profile
        missing = Decimal(profile["nulls"] + profile.get("unknown", 0)) / profile["rows"]
        if missing <= MOST_MISSING:
            yield Rule("present", name, {}, *_after(missing))
        if is_key(ColumnProfile.from_dict(profile)):
            yield Rule("unique", name)
        if finding.key_with:
            yield Rule("unique", (column.name, finding.key_with))
    if column.dtype in TYPE_OF_VALUES:
        is_whole = column.dtype == ColumnType.INTEGER
        asked = "integer" if is_whole else TYPE_OF_VALUES[column.dtype]
        yield Rule("type", name, {"type": asked})
    codes = list(codes_of(column))
    if codes:
        yield Rule("codes", name, {"codes": codes})
    if finding is not None and finding.role == ColumnRole.OTHER and not codes:
        yield from _floor(finding)


def _after(missing: Decimal) -> tuple[Tolerance, Severity]:
    """Return what is tolerated where so much is missing today: nothing, or a little more."""
    if not missing:
        return Tolerance(), Severity.BLOCKS
    above = (missing * Decimal("1.2")).quantize(Decimal("0.01"), ROUND_CEILING)
    return Tolerance(share=min(above, Decimal(1))), Severity.WARNS


def _floor(finding: ColumnFinding) -> Iterator[Rule]:
    """Propose that numbers stay at 0 or above, where all are; the largest will grow anyway."""
    lowest = finding.profile["minimum"]
    if finding.profile["dtype"] not in ("integer", "decimal", "float") or lowest is None:
        return
    if Decimal(lowest) >= 0:
        yield Rule("range", (finding.name,), {"at_least": "0"})


def _of_table(dataset: Dataset, findings: dict[str, ColumnFinding]) -> Iterator[Rule]:
    days = DAYS.get(UpdateFrequency(dataset.update_frequency))
    dates = [
        name
        for name, finding in findings.items()
        if finding.profile["dtype"] in ("date", "datetime") and finding.role == ColumnRole.OTHER
    ]
    if days is not None and dates:
        yield Rule("fresh", (dates[0],), {"days": days}, severity=Severity.WARNS)
    yield Rule("volume", (), {}, Tolerance(share=USUAL_APART), Severity.WARNS)
