"""The forms of the approaches: cost, income, market, real option."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.adapters.labels import FIGURES
from marketplace.appraisal.appraisal.line_forms import ApproachForm, Group, Line
from marketplace.appraisal.appraisal.models import Approach, Method
from marketplace.appraisal.appraisal.quality import ADJUSTMENT
from marketplace.web.bounded import forms

COMPONENTS = {
    "preliminary": _("Planning and preparation before anything was collected."),
    "direct": _("Collecting, storing, cleaning, desensitizing: people and machines for this data."),
    "indirect": _("The data's share of rooms, administration, training and shared systems."),
    "opportunity": _("What the money and people would have earned elsewhere meanwhile."),
    "tax": _("Taxes and fees that come with making the data."),
}
LIFE = {
    "remaining_life_years": _(
        "The least of the right's term, a contract, how long the data stays timely, and the "
        "product's cycle."
    ),
    "total_life_years": _("The whole life of which that remains."),
}


class CostForm(ApproachForm):
    method: ClassVar[Method] = Method.COST
    groups: ClassVar[tuple[Group, ...]] = (
        Group(
            _("What it would cost to make again"),
            _("Leave out what there was not. Each amount needs its source."),
            (
                Line(
                    "cost_basis",
                    _("Prices that the costs are at"),
                    _("A cost approach asks what the data would cost to make again today."),
                    has_source=False,
                    is_required=True,
                    choices=(
                        ("replacement", _("Prices of the valuation date (replacement cost)")),
                        ("historic", _("Prices at which they were paid (historic cost)")),
                    ),
                ),
                *(
                    Line(f"components.{name}", FIGURES[name], help_text)
                    for name, help_text in COMPONENTS.items()
                ),
            ),
        ),
        Group(
            _("What it is still worth of that"),
            _(
                "Quality counts as it was measured: the lowest characteristic that the quality "
                "rules found of this version and of the data it was made from. Nobody types it."
            ),
            tuple(
                Line(name, FIGURES[name], help_text, is_required=True)
                for name, help_text in LIFE.items()
            ),
        ),
    )


# The form of the income approach in its variants.

YEARLY = _("One number a line: the first line is the first year after the valuation date.")
PERCENT = _("In percent, one number a line: data ages, so let the share fall.")
TAX_BASES = (("post_tax", _("after tax")), ("pre_tax", _("before tax")))
ASSETS = {
    "working_capital": _("Working capital"),
    "fixed_assets": _("Fixed assets"),
    "software": _("Software"),
    "workforce": _("Workforce"),
}
PREMIA = {
    "rf": _("What a government bond of the same term earns."),
    "premia.management": _("That the holder runs the business worse than planned."),
    "premia.circulation": _("That the data finds no buyer or use."),
    "premia.data_security": _("That the data leaks or is lost."),
    "premia.regulatory": _("That rules change."),
}
LIMITS = {
    "life_limits.legal_term": _("How long the right still holds."),
    "life_limits.contract": _("How long a contract lets the data be used, if one does."),
    "life_limits.timeliness": _("How long the data stays timely."),
    "life_limits.product_cycle": _("How long the product that uses it is sold."),
}


class IncomeForm(ApproachForm):
    """The inputs of the income approach; the group that is filled in says which variant."""

    method: ClassVar[Method] = Method.INCOME
    groups: ClassVar[tuple[Group, ...]] = (
        Group(
            _("What the data earns"),
            _("Fill in one way only: the income of the data itself, or one of those below."),
            (
                Line(
                    "income_rights",
                    _("Where the income comes from"),
                    _("Income can be counted only if the right behind it is held."),
                    has_source=False,
                    is_required=True,
                    choices=(
                        ("operate", _("Sales or licences: the right to operate")),
                        ("use", _("Own use and savings: the right to use")),
                    ),
                ),
                Line("income", _("Income a year"), YEARLY, is_series=True),
                Line(
                    "split_rates",
                    _("Share of the data in that income"),
                    PERCENT,
                    is_series=True,
                    is_percent=True,
                ),
            ),
        ),
        Group(
            _("With and without the data"),
            _("What is earned with the data, less what would be earned without it."),
            (
                Line("income_with", FIGURES["income_with"], YEARLY, is_series=True),
                Line("income_without", FIGURES["income_without"], YEARLY, is_series=True),
            ),
            is_folded=True,
        ),
        Group(
            _("Excess earnings"),
            _("What a whole business earns, less what its other assets have to earn."),
            (
                Line("total_income", FIGURES["total_income"], YEARLY, is_series=True),
                *(
                    line
                    for name, label in ASSETS.items()
                    for line in (
                        Line(
                            f"contributory_assets.{name}.balance",
                            format_lazy(_("{asset}: balance a year"), asset=label),
                            YEARLY,
                            is_series=True,
                        ),
                        Line(
                            f"contributory_assets.{name}.rate",
                            format_lazy(_("{asset}: rate in percent a year"), asset=label),
                            is_percent=True,
                        ),
                    )
                ),
            ),
            is_folded=True,
        ),
        Group(
            _("How it is discounted"),
            _("The rate is the sum of these, in percent a year. Leave out what is no risk here."),
            (
                *(
                    Line(path, FIGURES[path], help_text, is_percent=True, is_required=path == "rf")
                    for path, help_text in PREMIA.items()
                ),
                Line(
                    "convention",
                    FIGURES["convention"],
                    has_source=False,
                    is_required=True,
                    choices=(("end", _("At the end of each year")), ("mid", _("Over the year"))),
                ),
                Line(
                    "flow_basis",
                    FIGURES["flow_basis"],
                    _("Flows and rate are both before or both after income tax."),
                    has_source=False,
                    is_required=True,
                    choices=TAX_BASES,
                ),
                Line(
                    "rate_basis",
                    FIGURES["rate_basis"],
                    has_source=False,
                    is_required=True,
                    choices=TAX_BASES,
                ),
            ),
        ),
        Group(
            _("How long it earns"),
            _("In years. The least of these counts: no data earns for ever."),
            tuple(
                Line(path, FIGURES[path.split(".")[-1]], help_text, is_required="legal" in path)
                for path, help_text in LIMITS.items()
            ),
        ),
    )

    def source_key(self, line: Line) -> str:
        """Return the name of the figure in the explanation."""
        return line.path.split(".")[-1] if "limits" in line.path else line.path


# The form of the market approach: past trades, each made like the data by coefficients.

ROWS = 8
COEFFICIENTS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    ADJUSTMENT: (
        _("Quality of what was traded"),
        _("A share, as measured or told on its sheet. Left empty, it counts as faultless."),
    ),
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
        sent = self.cleaned_data
        comparables: list[dict[str, object]] = []
        sources: dict[str, str] = {}
        used = [n for n in range(1, ROWS + 1) if sent[f"price_{n}"] is not None]
        for place, row in enumerate(used, start=1):
            one: dict[str, object] = {"price": sent[f"price_{row}"]}
            one |= {
                name: sent[f"{name}_{row}"]
                for name in COEFFICIENTS
                if name != ADJUSTMENT and sent[f"{name}_{row}"] is not None
            }
            names = [f"comparables[{place}].{name}" for name in one]
            if sent[f"{ADJUSTMENT}_{row}"] is not None:
                one[ADJUSTMENT] = {"comparable": sent[f"{ADJUSTMENT}_{row}"]}
                names.append(f"comparables[{place}].{ADJUSTMENT}.comparable")
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
        values: dict[str, Any] = {"weight": approach.weight, "reason": approach.reason}
        sources = approach.inputs.get("sources", {})
        for place, one in enumerate(approach.inputs.get("comparables", [])[:ROWS], start=1):
            values |= {
                f"{name}_{place}": _typed(one[name])
                for name in ("price", *COEFFICIENTS)
                if name in one and name != ADJUSTMENT
            }
            values[f"{ADJUSTMENT}_{place}"] = _typed(one.get(ADJUSTMENT, {}).get("comparable"))
            index = one.get("price_index", {})
            if index:
                values["index_now"] = _typed(index.get("valuation_date"))
                values[f"{INDEX}_{place}"] = _typed(index.get("transaction_date"))
            values[f"share_{place}"] = _typed(one.get("weight"))
            values[f"source_{place}"] = sources.get(f"comparables[{place}].price", "")
        return values

    @classmethod
    def holds_all_of(cls, inputs: Mapping[str, Any]) -> bool:
        known = {"price", "price_index", "weight", *COEFFICIENTS}
        rows = inputs.get("comparables", [])
        return (
            set(inputs) <= {"currency", "sources", "comparables"}
            and len(rows) <= ROWS
            and all(set(one) <= known for one in rows)
            and not any(
                isinstance(one.get(name), Mapping)
                for one in rows
                for name in COEFFICIENTS
                if name != ADJUSTMENT
            )
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


# The form of a real option: what it is worth to wait with a product.


class OptionsForm(ApproachForm):
    """The inputs of a real option, which is shown beside the value and never added."""

    method: ClassVar[Method] = Method.OPTIONS
    is_beside: ClassVar[bool] = True
    groups: ClassVar[tuple[Group, ...]] = (
        Group(
            _("A product that can wait"),
            _("Shown beside the value, with the static value that counts today; never added."),
            (
                Line(
                    "present_value",
                    FIGURES["present_value"],
                    _("What the product's income is worth today."),
                    is_required=True,
                ),
                Line(
                    "launch_cost",
                    FIGURES["launch_cost"],
                    _("What it costs to bring it out."),
                    is_required=True,
                ),
                Line("T", _("Years in which it can be launched"), is_required=True),
                Line("r", FIGURES["r"], _("In percent a year."), is_percent=True, is_required=True),
                Line(
                    "sigma",
                    FIGURES["sigma"],
                    _("In percent a year; its source is the evidence for it."),
                    is_percent=True,
                    is_required=True,
                ),
                Line(
                    "q",
                    FIGURES["q"],
                    _("What is lost by waiting, in percent a year."),
                    is_percent=True,
                ),
            ),
        ),
    )
