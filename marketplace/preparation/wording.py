"""The words for what the library names by codes: kinds, evidence, types and failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from marketplace.preparation.kind_words import EVIDENCE_SENTENCES, KIND_LABELS
from marketplace.preparation.models import FAIRLY_SURE, SURE, ColumnFinding, Relabelling

DTYPE_LABELS: Mapping[str, Promise] = {
    "text": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "decimal": gettext_lazy("decimal number"),
    "float": pgettext_lazy("type of a column", "number"),
    "boolean": gettext_lazy("yes/no"),
    "date": gettext_lazy("date"),
    "datetime": gettext_lazy("date and time"),
    "time": gettext_lazy("time"),
    "other": gettext_lazy("other"),
}

SEARCH_LABELS: Mapping[str, Promise] = {
    "sweep": gettext_lazy("Row by row, as little as it must"),
    "global": gettext_lazy("The same level for all rows"),
    "mondrian": gettext_lazy("Halving, quick and rough"),
}

GRADE_SENTENCES: Mapping[int, Promise] = {
    1: gettext_lazy("Persons can be identified directly."),
    2: gettext_lazy(
        "Direct identifiers are gone, but the risk of re-identification is above the threshold, "
        "or was not measured."
    ),
    3: gettext_lazy("The risk of re-identification is within the threshold."),
    4: gettext_lazy("The file holds aggregates and no rows of persons."),
}

FAILURE_SENTENCES: Mapping[str, Promise] = {
    "direct-found": gettext_lazy(
        "Numbers that name single people stand in released columns. Mask these columns, confirm "
        "the policy anew and start the masking again."
    ),
    "smallest-class": gettext_lazy(
        "Some people are alike with too few others. Generalize further quasi-identifiers or raise "
        "the smallest class in the policy, and start the masking again."
    ),
    "unique-share": gettext_lazy(
        "Too many rows are unlike all others. Generalize further quasi-identifiers, and start the "
        "masking again."
    ),
    "prosecutor-risk": gettext_lazy(
        "Who knows that a person is in the data would find their row too often. Raise the smallest "
        "class in the policy, and start the masking again."
    ),
    "suppression": gettext_lazy(
        "Too many rows were left out for the rest to stand for the whole. Leave out a column, or "
        "give coarser hierarchies, and start the masking again."
    ),
    "not-measured": gettext_lazy(
        "Not every attacker could be tried to the end, so that nobody can say whether this is "
        "anonymous. The report names what was not tried and why."
    ),
}
"""What did not pass, and what to do, by the codes of `measurement.failures_of`."""


def kind_label(kind: str) -> str:
    """Word the kind of a detector; "" for none."""
    return str(KIND_LABELS.get(kind, kind))


def evidence_of(finding: ColumnFinding | Relabelling) -> str:
    """Say why a column is taken for what it is."""
    parameters: dict[str, Any] = dict(finding.evidence_parameters)
    if "share" in parameters:
        parameters["share"] = number_format(f"{parameters['share']:g}")
    if "rows" in parameters:
        parameters["rows"] = number_format(parameters["rows"], force_grouping=True)
    if "kind" in parameters:
        parameters["kind"] = kind_label(str(parameters["kind"]))
    template = EVIDENCE_SENTENCES.get(finding.evidence_code)
    return str(template) % parameters if template else ""


def certainty_of(confidence: float) -> str:
    """Word how sure detectors are."""
    if confidence >= SURE:
        return _("sure")
    return _("likely") if confidence >= FAIRLY_SURE else _("a guess")


@dataclass(frozen=True)
class FoundColumn:
    """A finding as a page or an answer shows it."""

    finding: ColumnFinding
    kind: str
    evidence: str
    dtype: str

    @property
    def certainty(self) -> str:
        """Word the confidence."""
        return certainty_of(self.finding.confidence)

    @property
    def is_sure(self) -> bool:
        """Return whether nobody needs to look at the evidence first."""
        return self.finding.confidence >= SURE


def worded(finding: ColumnFinding) -> FoundColumn:
    """Put a finding into words."""
    dtype = str(finding.profile.get("dtype", ""))
    return FoundColumn(
        finding=finding,
        kind=kind_label(finding.kind),
        evidence=evidence_of(finding),
        dtype=str(DTYPE_LABELS.get(dtype, dtype)),
    )
