from marketplace.preparation.budget.models import BudgetCharge, DatasetBudget
from marketplace.preparation.column.models import ColumnFinding, ColumnHierarchy
from marketplace.preparation.exclusion.models import Exclusion
from marketplace.preparation.policy.models import (
    DatasetKey,
    MaskingPolicy,
    Relabelling,
    RoleConfirmation,
)
from marketplace.preparation.release.models import (
    Composition,
    Copy,
    PeopleComparison,
    PeopleKey,
    PeopleSketch,
    PublishedVersion,
)
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.run.models import Run
from marketplace.preparation.study.models import Study
from marketplace.preparation.version.models import Look

__all__ = [
    "BudgetCharge",
    "ColumnFinding",
    "ColumnHierarchy",
    "Composition",
    "Copy",
    "DatasetBudget",
    "DatasetKey",
    "Exclusion",
    "Look",
    "MaskingPolicy",
    "PeopleComparison",
    "PeopleKey",
    "PeopleSketch",
    "PublishedVersion",
    "Relabelling",
    "RiskReport",
    "RoleConfirmation",
    "Run",
    "Study",
]
