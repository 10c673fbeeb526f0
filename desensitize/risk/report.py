"""Put everything that was measured on a file into one report, bound to the digest of its bytes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desensitize.errors import DesensitizeError
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.risk.class_sizes import SizeBand, class_sizes
from desensitize.risk.figures import AT_RISK, RiskFigures, measure
from desensitize.risk.grade import Grade, GradeThresholds, grade
from desensitize.risk.linkage import Linkage, linkage_attack
from desensitize.risk.report_page import page
from desensitize.risk.scan import Finding, full_scan
from desensitize.risk.utility import Comparison, compare_tables
from desensitize.risk.words import plain_words
from desensitize.tables.digest import sha256_of


@dataclass(frozen=True)
class RiskReport:
    """Hold what was measured on the file with the digest `sha256`.

    `linkage` is None without a table of known persons, `utility` without the table before.
    """

    sha256: str
    quasi_identifiers: tuple[str, ...]
    sensitive: tuple[str, ...]
    figures: RiskFigures
    class_sizes: tuple[SizeBand, ...]
    found: tuple[Finding, ...]
    grade: Grade
    linkage: Linkage | None
    utility: Comparison | None

    @property
    def words(self) -> list[str]:
        """Say what a re-identifier could do."""
        return plain_words(self.figures, self.linkage, quasi_identifiers=self.quasi_identifiers)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {
            "sha256": self.sha256,
            "quasi_identifiers": list(self.quasi_identifiers),
            "sensitive": list(self.sensitive),
            "grade": self.grade.as_dict(),
            "risk": self.figures.as_dict(),
            "class_sizes": [band.as_dict() for band in self.class_sizes],
            "direct_identifiers": [vars(one) for one in self.found],
            "linkage": None if self.linkage is None else self.linkage.as_dict(),
            "utility": None if self.utility is None else self.utility.as_dict(),
            "words": self.words,
        }

    def as_json(self) -> str:
        """Return the report as JSON text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def as_html(self) -> str:
        """Return the report as a page that stands alone: charts are drawn inside it."""
        return page(self.as_dict())

    def written_as(self, ending: str) -> str:
        """Return the text for a file by its ending.

        Raises:
            DesensitizeError: `unknown-report`.
        """
        forms = {".json": self.as_json, ".html": self.as_html}
        if ending.lower() not in forms:
            raise DesensitizeError("unknown-report", ending=ending)
        return forms[ending.lower()]()


def risk_report(
    path: Path,
    *,
    quasi_identifiers: Sequence[str],
    sensitive: Sequence[str] = (),
    given: Path | None = None,
    before: Path | None = None,
    population: Path | None = None,
    reference: Path | None = None,
    identity: str | None = None,
    hierarchies: Mapping[str, Hierarchy] = MappingProxyType({}),
    sampling_fraction: float | None = None,
    at_risk_from: float = AT_RISK,
    thresholds: GradeThresholds | None = None,
    is_aggregate: bool = False,
) -> RiskReport:
    """Measure a Parquet file and grade it.

    `given` is the written file that the digest is taken of where `path` was made from it, such as
    a CSV file. `before` is the table it was made from, to measure utility; `reference` a table of
    known persons for a linkage attack.

    Raises:
        DesensitizeError: as `measure`, `linkage_attack` and `compare_tables`.
    """
    digest = sha256_of(path if given is None else given)
    figures = measure(
        path,
        quasi_identifiers=quasi_identifiers,
        sensitive=sensitive,
        population=population,
        hierarchies=hierarchies,
        sampling_fraction=sampling_fraction,
        at_risk_from=at_risk_from,
    )
    found = full_scan(path)
    linkage = utility = None
    if reference is not None:
        linkage = linkage_attack(
            path,
            reference,
            quasi_identifiers=quasi_identifiers,
            hierarchies=hierarchies,
            identity=identity,
        )
    if before is not None:
        utility = replace(
            compare_tables(
                before, path, quasi_identifiers=quasi_identifiers, hierarchies=hierarchies
            ),
            sha256_after=digest,
        )
    return RiskReport(
        sha256=digest,
        quasi_identifiers=tuple(quasi_identifiers),
        sensitive=tuple(sensitive),
        figures=replace(figures, sha256=digest),
        class_sizes=class_sizes(path, quasi_identifiers=quasi_identifiers),
        found=found,
        grade=grade(
            figures,
            found=found,
            is_aggregate=is_aggregate,
            has_quasi_identifiers=bool(quasi_identifiers),
            thresholds=thresholds,
        ),
        linkage=linkage,
        utility=utility,
    )
