"""What is asked of which rows, and of whom, as an officer plans it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import Organization
from marketplace.annotation.kinds.registry import CHOICES
from marketplace.annotation.project.models import LONGEST_TITLE
from marketplace.annotation.project.sampling import QualityLimit
from marketplace.annotation.project.scheme import classes_problem
from marketplace.annotation.project.selectors import known_services
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Invalid, to_cents
from marketplace.core.arguments import Choice, Keys, Names, Number, Text, Whole, refused

MOST_ROWS = 20_000
LARGEST_PRICE = Decimal("9999.99")


@dataclass(frozen=True, kw_only=True)
class LabellingPlan:
    """What is asked of which rows, and of whom."""

    title: Annotated[
        str,
        Text(
            label=gettext_lazy("Title"),
            help=gettext_lazy(
                "Annotators read it: name neither your organization nor the dataset."
            ),
            longest=LONGEST_TITLE,
        ),
    ]
    kind: Annotated[str, Choice(label=gettext_lazy("What is asked of an item"), choices=CHOICES)]
    classes: Sequence[Mapping[str, str]]
    columns: Annotated[
        Sequence[str], Names(label=gettext_lazy("Columns that annotators are shown"), longest=200)
    ]
    rows: Annotated[
        int,
        Whole(label=gettext_lazy("Rows to label, from the first on"), least=1, most=MOST_ROWS),
    ]
    organizations: Annotated[
        Sequence[UUID], Keys(label=gettext_lazy("Organizations whose annotators may label"))
    ]
    overlap_percent: Annotated[
        int,
        Whole(
            label=gettext_lazy("Share that several annotators label, in percent"),
            least=0,
            most=100,
        ),
    ] = 20
    overlap_count: Annotated[
        int, Whole(label=gettext_lazy("Annotators of such an item"), least=2, most=9)
    ] = 2
    gold_percent: Annotated[
        int,
        Whole(
            label=gettext_lazy("Gold items of a batch, in percent"),
            help=gettext_lazy("Items whose right label you set. They look like all others."),
            least=0,
            most=50,
        ),
    ] = 10
    batch_size: Annotated[int, Whole(label=gettext_lazy("Items of a batch"), least=5, most=100)] = (
        20
    )
    pass_percent: Annotated[
        int,
        Whole(
            label=gettext_lazy("Share of the first gold items that must be right, in percent"),
            least=0,
            most=100,
        ),
    ] = 80
    price: Annotated[
        Decimal,
        Number(
            label=gettext_lazy("Price of an accepted item"),
            help=gettext_lazy("Paid to the annotator's organization when a batch is accepted."),
            digits=18,
            places=2,
            least=Decimal(0),
        ),
    ]
    quality_limit: Annotated[
        str,
        Choice(
            label=gettext_lazy("Acceptance quality limit"),
            help=gettext_lazy(
                "How many labels of a sample are looked at follows from it (GB/T 2828.1-2012)."
            ),
            choices=QualityLimit,
        ),
    ] = QualityLimit.USUAL.value

    def problems(self, version: DatasetVersion) -> dict[str, list[str]]:
        found = refused(LabellingPlan, **vars(self))
        if not self.title.strip():
            found["title"] = [_("Write 1 to %(most)d characters.") % {"most": LONGEST_TITLE}]
        if wrong := classes_problem(self.kind, self.classes):
            found["classes"] = [wrong]
        names = {column.name for column in columns_of(version)}
        if not self.columns or not set(self.columns) <= names:
            found["columns"] = [_("Choose at least one column of the version.")]
        if self.rows > version.rows:
            sentence = _("Give a whole number from %(least)d to %(most)d.")
            found["rows"] = [sentence % {"least": 1, "most": min(version.rows, MOST_ROWS)}]
        if not (
            self.price.is_finite()
            and 0 < self.price <= LARGEST_PRICE
            and self.price == to_cents(self.price)
        ):
            found["price"] = [_("Give an amount above zero with at most two decimal places.")]
        return found

    def as_fields(self) -> dict[str, Any]:
        """Return the columns of a project that follow from it."""
        columns = {name: value for name, value in vars(self).items() if name != "organizations"}
        return columns | {
            "title": self.title.strip(),
            "classes": [{"code": one["code"], "label": one["label"]} for one in self.classes],
            "columns": list(dict.fromkeys(self.columns)),
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
