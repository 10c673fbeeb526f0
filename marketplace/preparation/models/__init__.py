"""Runs, what they found, the policies they follow, and the risk they measured."""

from marketplace.preparation.models.budgets import (
    BudgetCharge,
    BudgetUse,
    DatasetBudget,
    EpsilonField,
)
from marketplace.preparation.models.copies import Copy
from marketplace.preparation.models.findings import FAIRLY_SURE, SURE, ColumnFinding, ColumnRole
from marketplace.preparation.models.hierarchies import ColumnHierarchy
from marketplace.preparation.models.looks import Look, LookReason
from marketplace.preparation.models.people import (
    Composition,
    PeopleKey,
    PeopleSketch,
    PublishedVersion,
)
from marketplace.preparation.models.policies import DatasetKey, MaskingPolicy
from marketplace.preparation.models.relabellings import (
    LONGEST_REASON,
    Relabelling,
    RoleConfirmation,
    Station,
)
from marketplace.preparation.models.reports import RiskReport, Verdict
from marketplace.preparation.models.runs import STUDIES, Run, RunKind, Step
from marketplace.preparation.models.studies import Study

__all__ = [
    "FAIRLY_SURE",
    "LONGEST_REASON",
    "STUDIES",
    "SURE",
    "BudgetCharge",
    "BudgetUse",
    "ColumnFinding",
    "ColumnHierarchy",
    "ColumnRole",
    "Composition",
    "Copy",
    "DatasetBudget",
    "DatasetKey",
    "EpsilonField",
    "Look",
    "LookReason",
    "MaskingPolicy",
    "PeopleKey",
    "PeopleSketch",
    "PublishedVersion",
    "Relabelling",
    "RiskReport",
    "RoleConfirmation",
    "Run",
    "RunKind",
    "Station",
    "Step",
    "Study",
    "Verdict",
]
