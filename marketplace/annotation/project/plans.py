"""What is asked of which rows, and of whom, as an officer plans it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.annotation.kinds.registry import KINDS
from marketplace.annotation.project.models import LONGEST_TITLE
from marketplace.annotation.project.sampling import QualityLimit
from marketplace.annotation.project.scheme import classes_problem
from marketplace.annotation.project.selectors import known_services
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Invalid, to_cents

MOST_ROWS = 20_000
LARGEST_PRICE = Decimal("9999.99")


@dataclass(frozen=True, kw_only=True)
class LabellingPlan:
    """What is asked of which rows, and of whom."""

    title: str
    kind: str
    classes: Sequence[Mapping[str, str]]
    columns: Sequence[str]
    rows: int
    organizations: Sequence[UUID]
    overlap_percent: int = 20
    overlap_count: int = 2
    gold_percent: int = 10
    batch_size: int = 20
    pass_percent: int = 80
    price: Decimal
    quality_limit: str = QualityLimit.USUAL.value

    def problems(self, version: DatasetVersion) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        if not 1 <= len(self.title.strip()) <= LONGEST_TITLE:
            found["title"] = [_("Write 1 to %(most)d characters.") % {"most": LONGEST_TITLE}]
        if self.kind not in KINDS:
            found["kind"] = [_("Choose what is asked of an item.")]
        if wrong := classes_problem(self.kind, self.classes):
            found["classes"] = [wrong]
        names = {column.name for column in columns_of(version)}
        if not self.columns or not set(self.columns) <= names:
            found["columns"] = [_("Choose at least one column of the version.")]
        for name, least, most in (
            ("rows", 1, min(version.rows, MOST_ROWS)),
            ("overlap_percent", 0, 100),
            ("overlap_count", 2, 9),
            ("gold_percent", 0, 50),
            ("batch_size", 5, 100),
            ("pass_percent", 0, 100),
        ):
            if not least <= getattr(self, name) <= most:
                sentence = _("Give a whole number from %(least)d to %(most)d.")
                found[name] = [sentence % {"least": least, "most": most}]
        if self.quality_limit not in QualityLimit.values:
            found["quality_limit"] = [_("Choose an acceptance quality limit.")]
        if not (
            self.price.is_finite()
            and 0 < self.price <= LARGEST_PRICE
            and self.price == to_cents(self.price)
        ):
            found["price"] = [_("Give an amount above zero with at most two decimal places.")]
        return found

    def as_fields(self) -> dict[str, Any]:
        """Return the columns of a project that follow from it."""
        return {
            "title": self.title.strip(),
            "kind": self.kind,
            "classes": [{"code": one["code"], "label": one["label"]} for one in self.classes],
            "columns": list(dict.fromkeys(self.columns)),
            "rows": self.rows,
            "overlap_percent": self.overlap_percent,
            "overlap_count": self.overlap_count,
            "gold_percent": self.gold_percent,
            "batch_size": self.batch_size,
            "pass_percent": self.pass_percent,
            "price": self.price,
            "quality_limit": self.quality_limit,
        }


def checked(plan: LabellingPlan, version: DatasetVersion) -> list[Organization]:
    """Return the organizations that a plan admits.

    Raises:
        Invalid: a part of the plan cannot stand.
    """
    fields, admitted = plan.problems(version), known_services(plan.organizations)
    if not admitted or len(admitted) < len(set(plan.organizations)):
        fields["organizations"] = [
            _("Choose at least one verified third-party service organization.")
        ]
    if fields:
        raise Invalid(_("The labelling project needs corrections. See the fields."), fields=fields)
    return admitted
