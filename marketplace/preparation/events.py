"""What happens while a dataset is prepared."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RunRequested(Fact):
    """A run waits for a worker, first or since its last one is gone: start its task."""

    kind = "preparation.run_requested"
    label = _("Run queued")
    run_kind: str
    attempts_before: int


@dataclass(frozen=True, kw_only=True)
class RunStarted(Fact):
    """A worker took a run."""

    kind = "preparation.run_started"
    label = _("Run started")
    run_kind: str
    attempt: int


@dataclass(frozen=True, kw_only=True)
class ColumnsClassified(Fact):
    """A profile run finished."""

    kind = "preparation.columns_classified"
    label = _("Columns profiled and classified")
    columns: int
    direct: int
    quasi: int
    sensitive: int


@dataclass(frozen=True, kw_only=True)
class RawRowsOpened(Fact):
    """A person opened raw values: of which columns, by their places, of how many rows, and why."""

    kind = "preparation.raw_rows_opened"
    label = _("Raw rows looked at")
    columns: tuple[str, ...]
    rows: int
    reason: str
    note_sha256: str


@dataclass(frozen=True, kw_only=True)
class HierarchySet(Fact):
    """An officer decided what the values of a column become; `position` is the column's place."""

    kind = "preparation.hierarchy_set"
    label = _("Hierarchy set")
    position: int
    digest: str
    levels: int


@dataclass(frozen=True, kw_only=True)
class HierarchyCleared(Fact):
    """An officer let the hierarchy of a column be made from its values again."""

    kind = "preparation.hierarchy_cleared"
    label = _("Hierarchy made from the data again")
    position: int


@dataclass(frozen=True, kw_only=True)
class PolicyConfirmed(Fact):
    """An officer decided what to do with each column."""

    kind = "preparation.policy_confirmed"
    label = _("Masking policy confirmed")
    digest: str
    relabelled: int


@dataclass(frozen=True, kw_only=True)
class RolesConfirmed(Fact):
    """A second person agreed that columns are less than the detectors take them for.

    `digests` are those of the relabellings; `station` says who agreed.
    """

    kind = "preparation.roles_confirmed"
    label = _("Relabelled columns confirmed")
    station: str
    digests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RolesReturned(Fact):
    """A reviewer did not agree to what a policy takes columns for."""

    kind = "preparation.roles_returned"
    label = _("Relabelled columns returned")


@dataclass(frozen=True, kw_only=True)
class MaskingFinished(Fact):
    """A masking run finished; the masked version is stored."""

    kind = "preparation.masking_finished"
    label = _("Data desensitized")
    sha256: str
    rows: int
    suppressed_rows: int


@dataclass(frozen=True, kw_only=True)
class RiskMeasured(Fact):
    """The risk that remains in a masked version was measured on its bytes."""

    kind = "preparation.risk_measured"
    label = _("Risk report recorded")
    sha256: str
    passed: bool
    verdict: str
    smallest_class: int
    failures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StudyFinished(Fact):
    """A run that only looks finished; `digest` is that of its question."""

    kind = "preparation.study_finished"
    label = _("Comparison finished")
    run_kind: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class RunFailed(Fact):
    """A run ended without a result."""

    kind = "preparation.run_failed"
    label = _("Run failed")
    run_kind: str
    error: str


@dataclass(frozen=True, kw_only=True)
class RunCancelled(Fact):
    """A person ended a run."""

    kind = "preparation.run_cancelled"
    label = _("Run cancelled")
    run_kind: str


@dataclass(frozen=True, kw_only=True)
class RiskReportWithdrawn(Fact):
    """A risk report no longer counts."""

    kind = "preparation.risk_report_withdrawn"
    label = _("Risk report withdrawn")


@dataclass(frozen=True, kw_only=True)
class RiskReportRecalled(Fact):
    """The centre took a verdict back that it had signed: trades that rest on it are undone."""

    kind = "preparation.risk_report_recalled"
    label = _("Verdict recalled")
    cause: str


@dataclass(frozen=True, kw_only=True)
class CopyFinished(Fact):
    """A copy for one recipient was written and measured; its subject is what needs it."""

    kind = "preparation.copy_finished"
    label = _("Copy for the recipient written and measured")
    sha256: str
    passed: bool
    failures: tuple[str, ...]
    smallest_class: int


@dataclass(frozen=True, kw_only=True)
class CompositionTried(Fact):
    """A masked version was tried together with an earlier release of the same people."""

    kind = "preparation.composition_tried"
    label = _("Tried with an earlier release of the same people")
    passed: bool


@dataclass(frozen=True, kw_only=True)
class BudgetCharged(Fact):
    """ε and δ of a dataset's privacy budget were spent, for what is named first."""

    kind = "preparation.budget_charged"
    label = _("Privacy budget spent")
    use: str
    epsilon: str
    delta: str


@dataclass(frozen=True, kw_only=True)
class PersonExcluded(Fact):
    """Rows of a person leave every version that is made from now on, for what is named with it."""

    kind = "preparation.person_excluded"
    label = _("Rows of a person are left out from now on")


@dataclass(frozen=True, kw_only=True)
class PersonAdmitted(Fact):
    """Rows of a person are left out no more: what asked for it came to nothing."""

    kind = "preparation.person_admitted"
    label = _("Rows of a person are left out no more")
