"""The form of the market approach: past trades, each made like the data by coefficients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.forms.approach import ApproachForm
from marketplace.appraisal.forms.lines import Group
from marketplace.appraisal.models import Approach, Method
from marketplace.web.bounded import forms

ROWS = 8
COEFFICIENTS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "quality": (_("Quality"), _("Quality of this data over that of the trade; 1 is alike.")),
    "supply_demand": (_("Supply and demand"), _("Above 1 where such data is scarcer now.")),
    "capacity": (_("Capacity"), _("How much more this data holds or may be used for.")),
    "other": (_("Other"), _("Whatever else differs, such as exclusive use.")),
}
INDEX = "index"
TYPED = ("price", *COEFFICIENTS, INDEX, "share")


class MarketForm(ApproachForm):
    """The inputs of the market approach; a row without a price is left out."""

    method: ClassVar[Method] = Method.MARKET
    groups: ClassVar[tuple[Group, ...]] = ()
    extra: ClassVar[str] = "appraisal/partials/comparables_form.html"

    index_now = forms.DecimalField(
        label=_("Price index on the valuation date"),
        required=False,
        min_value=0,
        help_text=_("Of the same series as the indices of the trades. Leave both out without one."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for place in range(1, ROWS + 1):
            self.fields[f"price_{place}"] = forms.DecimalField(label=_("Price"), required=False)
            for name, (label, _help) in COEFFICIENTS.items():
                self.fields[f"{name}_{place}"] = forms.DecimalField(
                    label=str(label), required=False
                )
            self.fields[f"{INDEX}_{place}"] = forms.DecimalField(
                label=_("Price index then"), required=False
            )
            self.fields[f"share_{place}"] = forms.DecimalField(label=_("Weight"), required=False)
            self.fields[f"source_{place}"] = forms.CharField(
                label=_("Source"), required=False, max_length=200
            )

    @property
    def rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """Yield the fields of each trade: those that are filled in, and the next."""
        filled = [
            place
            for place in range(1, ROWS + 1)
            if self[f"price_{place}"].value() not in (None, "")
        ]
        last = min(max(filled, default=0) + 2, ROWS)
        for place in range(1, last + 1):
            yield place, [self[f"{name}_{place}"] for name in (*TYPED, "source")]

    @property
    def helps(self) -> list[tuple[str, str]]:
        """Return what each coefficient says."""
        return [(str(label), str(help_text)) for label, help_text in COEFFICIENTS.values()]

    def inputs(self) -> dict[str, object]:
        """Return the library's inputs of a valid form."""
        sent = self.cleaned_data
        comparables: list[dict[str, object]] = []
        sources: dict[str, str] = {}
        used = [n for n in range(1, ROWS + 1) if sent[f"price_{n}"] is not None]
        for place, row in enumerate(used, start=1):
            one: dict[str, object] = {"price": sent[f"price_{row}"]}
            one |= {
                name: sent[f"{name}_{row}"]
                for name in COEFFICIENTS
                if sent[f"{name}_{row}"] is not None
            }
            names = [f"comparables[{place}].{name}" for name in one]
            if sent["index_now"] is not None and sent[f"{INDEX}_{row}"] is not None:
                index = {
                    "valuation_date": sent["index_now"],
                    "transaction_date": sent[f"{INDEX}_{row}"],
                }
                one["price_index"] = index
                names += [f"comparables[{place}].price_index.{name}" for name in index]
            if sent[f"share_{row}"] is not None:
                one["weight"] = sent[f"share_{row}"]
                names.append(f"weights[{place}]")
            comparables.append(one)
            if sent[f"source_{row}"]:
                sources |= dict.fromkeys(names, sent[f"source_{row}"])
        inputs: dict[str, object] = {"comparables": comparables}
        if sources:
            inputs["sources"] = sources
        return inputs

    @classmethod
    def values_of(cls, approach: Approach) -> dict[str, Any]:
        """Return what a form to revise a valuation shows at first."""
        values: dict[str, Any] = {"weight": approach.weight, "reason": approach.reason}
        sources = approach.inputs.get("sources", {})
        for place, one in enumerate(approach.inputs.get("comparables", [])[:ROWS], start=1):
            values |= {
                f"{name}_{place}": _typed(one[name])
                for name in ("price", *COEFFICIENTS)
                if name in one
            }
            index = one.get("price_index", {})
            if index:
                values["index_now"] = _typed(index.get("valuation_date"))
                values[f"{INDEX}_{place}"] = _typed(index.get("transaction_date"))
            values[f"share_{place}"] = _typed(one.get("weight"))
            values[f"source_{place}"] = sources.get(f"comparables[{place}].price", "")
        return values

    @classmethod
    def holds_all_of(cls, inputs: Mapping[str, Any]) -> bool:
        """Return whether the form shows every input."""
        known = {"price", "price_index", "weight", *COEFFICIENTS}
        rows = inputs.get("comparables", [])
        return (
            set(inputs) <= {"currency", "sources", "comparables"}
            and len(rows) <= ROWS
            and all(set(one) <= known for one in rows)
            and not any(isinstance(one.get(name), Mapping) for one in rows for name in COEFFICIENTS)
        )

    def place(self, name: str, sentence: str) -> bool:
        """Put a refusal at the first trade, where it is of one."""
        own = {"date": INDEX, "weights": "share", "weight": "share", "comparables": "price"}
        stem = name.removesuffix("_source")
        if name != stem:
            self.add_error("source_1", sentence)
            return True
        field = own.get(stem, stem)
        if name == "weight" and super().place(name, sentence):
            return True
        if f"{field}_1" in self.fields:
            self.add_error(f"{field}_1", sentence)
            return True
        return super().place(name, sentence)


def _typed(kept: Any) -> str:
    if kept in (None, "") or isinstance(kept, Mapping):
        return ""
    return f"{Decimal(str(kept)).normalize():f}"
