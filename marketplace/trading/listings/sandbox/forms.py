"""The form by which a seller declares a sandbox: one small group of fields a column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from desensitize.errors import DesensitizeError
from desensitize.privacy.sandbox import Declaration, Number
from desensitize.privacy.sandbox.declaration import MOST_DECIMALS
from marketplace.catalog.dataset.choices import ColumnType
from marketplace.catalog.version.models import Column
from marketplace.core.arguments import argument_of
from marketplace.preparation.adapters import refusal_of
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.listings.sandbox.services import Counted, SandboxOffer
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm, form_field

NUMERIC = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.FLOAT})
LEFT_OUT, BOUNDED, LISTED, LARGE = "", "bounded", "listed", "large"
USES = [
    (LEFT_OUT, _("Nothing")),
    (LISTED, _("Groups of the values listed here")),
    (LARGE, _("Groups, only those with many persons")),
]
BOUNDED_TOO = [USES[0], (BOUNDED, _("Sums, means and histograms between bounds")), *USES[1:]]
OWN = ("use", "low", "high", "decimals", "values")


@dataclass(frozen=True)
class ColumnFields:
    column: Column
    fields: dict[str, forms.BoundField]


class SandboxForm(ActForm):
    """What a sandbox answers about, and what its answers may spend."""

    takes = SandboxOffer
    person = form_field(argument_of(Counted, "person"))
    rows = form_field(argument_of(Counted, "rows"))

    def __init__(self, *given: Any, columns: Sequence[Column], **options: Any) -> None:
        persons = [("", _("Each row is a person")), *((c.name, c.name) for c in columns)]
        super().__init__(*given, offered={"person": persons}, **options)
        self.columns = list(columns)
        for place, column in enumerate(self.columns):
            uses = BOUNDED_TOO if column.dtype in NUMERIC else USES
            self.fields |= {
                f"use_{place}": forms.ChoiceField(
                    label=_("What can be asked"), choices=uses, required=False
                ),
                f"low_{place}": forms.DecimalField(label=_("Lowest"), required=False),
                f"high_{place}": forms.DecimalField(label=_("Highest"), required=False),
                f"decimals_{place}": forms.IntegerField(
                    label=_("Decimal places"), required=False, min_value=0, max_value=MOST_DECIMALS
                ),
                f"values_{place}": forms.CharField(
                    label=_("Values, one a line"),
                    required=False,
                    max_length=20_000,
                    widget=forms.Textarea(attrs={"rows": 3}),
                ),
            }

    def column_fields(self) -> Iterator[ColumnFields]:
        for place, column in enumerate(self.columns):
            names = [name for name in OWN if column.dtype in NUMERIC or name in ("use", "values")]
            yield ColumnFields(column, {name: self[f"{name}_{place}"] for name in names})

    def clean(self) -> dict[str, Any]:
        """Make one declaration of all columns."""
        sent = self.cleaned_data
        if self.errors:
            return sent
        numbers: dict[str, Number] = {}
        categories: dict[str, tuple[str, ...] | None] = {}
        for place, column in enumerate(self.columns):
            use = sent[f"use_{place}"]
            if use == BOUNDED:
                low, high = sent[f"low_{place}"], sent[f"high_{place}"]
                if low is None or high is None:
                    self.add_error(f"low_{place}", _("Give both bounds."))
                    continue
                numbers[column.name] = Number(low, high, sent[f"decimals_{place}"] or 0)
            elif use == LISTED:
                lines = (line.strip() for line in sent[f"values_{place}"].splitlines())
                categories[column.name] = tuple(dict.fromkeys(line for line in lines if line))
            elif use == LARGE:
                categories[column.name] = None
        if self.errors:
            return sent
        try:
            sent["declaration"] = Declaration(
                person=sent["person"] or None,
                rows=sent["rows"] or Counted.rows,
                numbers=numbers,
                categories=categories,
            )
        except DesensitizeError as error:
            self.add_error(None, refusal_of(error).sentence)
        return sent

    def taken(self) -> dict[str, Any]:
        """Return the declaration beside what it may spend."""
        return super().taken() | {"declaration": self.cleaned_data["declaration"]}


def values_of(sandbox: Sandbox | None, columns: Sequence[Column]) -> dict[str, Any]:
    if sandbox is None:
        return {}
    declared = Declaration.from_json(sandbox.declaration)
    names = ("epsilon_question", "epsilon", "epsilon_all", "period")
    values: dict[str, Any] = {name: getattr(sandbox, name) for name in names}
    values |= {"person": declared.person or "", "rows": declared.rows}
    for place, column in enumerate(columns):
        if column.name in declared.numbers:
            number = declared.numbers[column.name]
            values |= {
                f"use_{place}": BOUNDED,
                f"low_{place}": number.low,
                f"high_{place}": number.high,
                f"decimals_{place}": number.decimals,
            }
        elif column.name in declared.categories:
            listed = declared.categories[column.name]
            values[f"use_{place}"] = LARGE if listed is None else LISTED
            values[f"values_{place}"] = "\n".join(listed or ())
    return values
