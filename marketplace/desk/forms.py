from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.choices import Theme
from marketplace.core import clock
from marketplace.core.months import months_after
from marketplace.desk.selectors.regions import RegionQuery
from marketplace.web.bounded import forms

MONTH = "%Y-%m"
MONTHS_AT_FIRST = 12
MOST_MONTHS = 60
MEASURES = (
    ("income", gettext_lazy("Income from trades")),
    ("to_providers", gettext_lazy("Released to providers")),
    ("traded", gettext_lazy("Trades settled")),
    ("assets", gettext_lazy("Assets registered")),
    ("certified", gettext_lazy("Rights certified")),
    ("valued", gettext_lazy("Valuations in force")),
    ("value", gettext_lazy("Reference value")),
)


class MonthField(forms.DateField):
    """A month, kept as its first day."""

    widget = forms.DateInput(format=MONTH, attrs={"type": "month", "placeholder": "2026-01"})

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            input_formats=[MONTH],
            error_messages={"invalid": gettext_lazy("Write a month as year and month: 2026-01.")},
            **options,
        )


class HelpForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)


class RegionForm(forms.Form):
    """Which figures to show. What is not asked is the last twelve months of everything."""

    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"),
        required=False,
        choices=[("", gettext_lazy("All themes")), *Theme.choices],
    )
    first = MonthField(label=gettext_lazy("From"))
    last = MonthField(label=gettext_lazy("To"))
    measure = forms.ChoiceField(label=gettext_lazy("Compare by"), required=False, choices=MEASURES)
    scope = forms.ChoiceField(
        label=gettext_lazy("Whose data"),
        required=False,
        choices=[
            ("own", gettext_lazy("Your organization's")),
            ("whole", gettext_lazy("Everybody's in your regions")),
        ],
    )

    def __init__(
        self, asked: Mapping[str, Any], *, regions: Sequence[str], sees_all: bool, **options: Any
    ) -> None:
        this_month = clock.today().replace(day=1)
        start = {
            "first": months_after(this_month, 1 - MONTHS_AT_FIRST).strftime(MONTH),
            "last": this_month.strftime(MONTH),
            "measure": "income",
            "scope": "own",
        }
        sent = {name: asked[name] for name in self.base_fields if asked.get(name)}
        super().__init__(start | sent, **options)
        region = self.fields["region"]
        assert isinstance(region, forms.ChoiceField)
        region.choices = [("", _("All regions")), *((name, name) for name in regions)]
        if sees_all:
            del self.fields["scope"]

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins, or is too long to be drawn."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last month lies before the first. Choose a later one."))
        elif first and last and months_after(first, MOST_MONTHS) <= last:
            self.add_error(
                "first",
                _("Choose at most %(most)d months, so that they can be drawn.")
                % {"most": MOST_MONTHS},
            )
        return cleaned

    def query(self) -> RegionQuery:
        asked = self.cleaned_data
        return RegionQuery(
            first=asked["first"],
            last=asked["last"],
            region=asked["region"],
            theme=asked["theme"],
            whole=asked.get("scope") == "whole",
        )
