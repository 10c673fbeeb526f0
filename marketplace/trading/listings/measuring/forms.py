from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.version.models import Column
from marketplace.trading.listings.measuring.models import MeasuringTerms
from marketplace.trading.listings.measuring.services import MOST_MEASUREMENTS, MOST_ROWS
from marketplace.web.bounded import forms


class MeasuringForm(forms.Form):
    """Whether buyers may measure, what it may spend, and who and what is told apart."""

    is_open = forms.BooleanField(
        label=_("Buyers may have measured what the data would bring them"), required=False
    )
    epsilon = forms.DecimalField(
        label=_("ε of each measurement"),
        initial=Decimal(1),
        max_digits=9,
        decimal_places=3,
        help_text=_("It is taken from the one privacy budget of the dataset, for ever."),
    )
    most_of_buyer = forms.IntegerField(
        label=_("Measurements of one buyer"),
        initial=2,
        min_value=1,
        max_value=MOST_MEASUREMENTS,
        help_text=_("Counted for ever. What was measured already is answered the same again."),
    )
    person = forms.ChoiceField(
        label=_("What tells persons apart"),
        required=False,
        help_text=_("The pseudonym of a person, a card or a firm."),
    )
    rows = forms.IntegerField(
        label=_("Rows of one person that count"),
        initial=1,
        min_value=1,
        max_value=MOST_ROWS,
        help_text=_("Where sources are valued. More rows need more noise."),
    )
    source = forms.ChoiceField(
        label=_("Column of the source"),
        required=False,
        help_text=_("Where the data came from, such as the agency: each is valued by itself."),
    )
    sources = forms.CharField(
        label=_("Sources, one a line"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The values of that column, six at most. Buyers read them."),
    )

    def __init__(self, *given: Any, columns: Sequence[Column], **options: Any) -> None:
        super().__init__(*given, **options)
        named = [(one.name, one.label or one.name) for one in columns]
        for name, none in (("person", _("Each row is a person")), ("source", _("None"))):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [("", none), *named]

    def clean_sources(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["sources"].splitlines() if line.strip()]


def values_of(terms: MeasuringTerms | None) -> dict[str, Any]:
    if terms is None:
        return {}
    names = ("is_open", "epsilon", "most_of_buyer", "person", "rows", "source")
    return {name: getattr(terms, name) for name in names} | {"sources": "\n".join(terms.sources)}
