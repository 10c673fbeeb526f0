"""Confirm by every cell what a sample said may be released in clear."""

from collections.abc import Sequence
from pathlib import Path

from desensitize.detectors import Looked, Proposal
from desensitize.detectors.evidence import proposal
from desensitize.detectors.free_text import KIND as FREE_TEXT
from desensitize.risk.scan import CERTAIN, Finding, full_scan

WHOLE = 0.8
LEAST_CONFIDENCE = 0.5


def confirm(
    path: Path, proposals: Sequence[Proposal], *, looked: Looked | None = None
) -> tuple[Proposal, ...]:
    """Return the proposals after a look at every cell of each column that is not direct already.

    A cell that no sample held and that identifies a person makes its column a direct one. The file
    is read in batches. `looked` is as for `full_scan`.

    Raises:
        TableError: `unreadable-table`.
    """
    clear = [one.name for one in proposals if one.role != "direct"]
    found = full_scan(path, columns=clear, detectors=CERTAIN, looked=looked)
    worst: dict[str, Finding] = {}
    for finding in found:
        if finding.column not in worst or finding.rows > worst[finding.column].rows:
            worst[finding.column] = finding
    return tuple(_confirmed(one, worst.get(one.name)) for one in proposals)


def _confirmed(given: Proposal, found: Finding | None) -> Proposal:
    if found is None:
        return given
    kind = found.kind if found.share >= WHOLE else FREE_TEXT
    confidence = LEAST_CONFIDENCE + (1 - LEAST_CONFIDENCE) * found.share
    return proposal(
        given.name, "direct", kind, confidence, "found_in_cells", rows=found.rows, kind=found.kind
    )
