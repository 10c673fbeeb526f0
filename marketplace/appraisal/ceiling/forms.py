from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.rules import LONGEST_SOURCE, Permitted
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.web.bounded import forms

SOURCE = _("A voucher, a budget, a contract: a reviewer checks it.")


def _day(label: Any, help_text: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


def _amount(label: Any, help_text: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, help_text=help_text, max_digits=18, decimal_places=2)


def _source(label: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=SOURCE, max_length=LONGEST_SOURCE)


class CeilingForm(forms.Form):
    """What a period costs, and the licences that are expected."""

    period_from = _day(_("First day"), _("Prices are under this ceiling from this day on."))
    period_until = _day(
        _("Last day"), _("What is earned too much until then is taken from the next period.")
    )
    operating_cost = _amount(
        _("Operating cost"),
        _("What it costs to operate the public data in this period, without profit and tax."),
    )
    operating_cost_source = _source(_("Source of the operating cost"))
    tax = _amount(_("Tax"), _("Taxes and fees that the law puts on the operation."))
    tax_source = _source(_("Source of the tax"))
    expected_units = forms.IntegerField(
        label=_("Licences expected"),
        min_value=1,
        help_text=_(
            "How many licences will be sold in the period. The permitted revenue, divided by them, "
            "is the highest price of one."
        ),
    )
    expected_units_source = _source(_("Source of the licences expected"))

    def permitted(self) -> Permitted:
        return Permitted(**self.cleaned_data)

    @classmethod
    def values_of(cls, ceiling: PriceCeiling) -> dict[str, Any]:
        return {name: getattr(ceiling, name) for name in cls.base_fields}


class ApproveCeilingForm(forms.Form):
    """The reviewer's checklist."""

    checklist = forms.MultipleChoiceField(
        label=_("I have checked"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(CHECKLISTS[CaseKind.CEILING]),
    )
