"""The form that asks for a synthetic copy: how much may be told, and which values there can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.preparation.budgets import BudgetState
from marketplace.preparation.domains import domain_of
from marketplace.preparation.models import ColumnFinding, ColumnRole
from marketplace.web.bounded import forms

USUAL_EPSILON: Final = Decimal(1)
USUAL_DELTA: Final = "0.000000001"
MOST_ROWS: Final = 20_000_000
LONGEST: Final = 20_000


@dataclass(frozen=True)
class DomainRow:
    """A column with the field of its values; None for a direct identifier, never drawn."""

    finding: ColumnFinding
    label: str
    values: forms.BoundField | None


class SyntheticForm(forms.Form):
    """ε, δ and rows of a copy, and for each column the values or bounds known beforehand."""

    epsilon = forms.DecimalField(
        label=gettext_lazy("ε: how much the copy may tell of one person"),
        min_value=0,
        max_digits=9,
        decimal_places=3,
        help_text=gettext_lazy("Less hides more, and keeps less of what the columns tell."),
    )
    delta = forms.CharField(
        label=gettext_lazy("δ: the chance that it tells more"),
        max_length=20,
        initial=USUAL_DELTA,
    )
    rows = forms.IntegerField(
        label=gettext_lazy("Rows"),
        required=False,
        min_value=1,
        max_value=MOST_ROWS,
        help_text=gettext_lazy("Empty: about as many as the data has."),
    )

    def __init__(
        self,
        *args: Any,
        findings: Sequence[ColumnFinding],
        labels: Mapping[str, str],
        known: Mapping[str, str],
        budget: BudgetState,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.budget = budget
        self.fields["epsilon"].initial = min(USUAL_EPSILON, budget.left).normalize()
        self.findings, self.labels = list(findings), labels
        for name in ("epsilon", "delta", "rows"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for place, finding in enumerate(self.findings):
            if finding.role == ColumnRole.DIRECT:
                continue
            field = forms.CharField(
                label=_("Values of %(column)s") % {"column": finding.name},
                required=False,
                max_length=LONGEST,
                initial=known.get(finding.name, ""),
            )
            field.widget.attrs["class"] = "form-control form-control-sm"
            self.fields[f"columns.{place}.values"] = field

    def clean_epsilon(self) -> Decimal:
        """Refuse a copy that the budget of the dataset does not hold now: its run would fail."""
        epsilon: Decimal = self.cleaned_data["epsilon"]
        if refusal := self.budget.refusal(epsilon):
            raise ValidationError(refusal)
        return epsilon

    def listed(self) -> list[DomainRow]:
        """Return the columns to draw."""
        return [
            DomainRow(
                finding,
                self.labels.get(finding.name, ""),
                self[f"columns.{place}.values"]
                if f"columns.{place}.values" in self.fields
                else None,
            )
            for place, finding in enumerate(self.findings)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for one column at least."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.domains():
            raise ValidationError(_("Write the values or bounds of one column at least."))
        return cleaned

    def domains(self) -> dict[str, Any]:
        """Return by column what was written of its values; columns without are left out."""
        written = {
            finding.name: self.cleaned_data.get(f"columns.{place}.values", "").strip()
            for place, finding in enumerate(self.findings)
        }
        return {name: domain_of(text) for name, text in written.items() if text}

    def document(self, decided: Mapping[str, Any]) -> dict[str, Any]:
        """Return the policy that was asked for, with the classes that were decided before."""
        domains, sent = self.domains(), self.cleaned_data
        columns = [
            {
                "name": rule["name"],
                "role": rule["role"],
                "mask": "keep" if rule["name"] in domains else "drop",
                "options": {},
            }
            for rule in decided["columns"]
        ]
        drawing: dict[str, Any] = {
            "epsilon": f"{sent['epsilon'].normalize():f}",
            "delta": sent["delta"].strip(),
            "domains": domains,
        }
        if sent["rows"]:
            drawing["rows"] = sent["rows"]
        kept = {name: one for name, one in decided.items() if name not in ("columns", "synthetic")}
        return kept | {"columns": columns, "synthetic": drawing}
