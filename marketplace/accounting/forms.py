"""Forms of accounting: what is entered of costs, recognitions and plans."""

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.accounting.models import CostEntry, CostKind, Impairment, Origin, UseOfData
from marketplace.accounting.standards.planner import Plan
from marketplace.accounting.standards.profiles import Profile, profile_named, profile_names
from marketplace.accounting.standards.questions import questions_of
from marketplace.accounting.standards.ratio import BalanceSheet, Entity, Operation
from marketplace.core import longest_of
from marketplace.web.bounded import forms

# Forms of the accounting pages.


class CostForm(forms.Form):
    """An amount of a voucher."""

    kind = forms.ChoiceField(label=_("Kind of cost"), choices=CostKind.choices)
    incurred_on = forms.DateField(
        label=_("Incurred on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2)
    voucher = forms.CharField(
        label=_("Voucher number"), max_length=longest_of(CostEntry, "voucher")
    )


class RecognitionForm(forms.Form):
    """The recognition test of a standard, question by question."""

    purpose = forms.ChoiceField(
        label=_("What the data is for"), choices=UseOfData.choices, widget=forms.RadioSelect
    )
    ready_on = forms.DateField(
        label=_("Ready for use on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    life_months = forms.IntegerField(
        label=_("Useful life in months"),
        min_value=1,
        max_value=1200,
        required=False,
        help_text=_("For data of own use. Inventory is not amortized."),
    )

    def __init__(self, *args: Any, profile: Profile, origin: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = questions_of(profile, is_developed=origin == Origin.SELF_DEVELOPED)
        for question in self.questions:
            self.fields[question.code] = forms.TypedChoiceField(
                label=question.text,
                choices=[("yes", _("Yes")), ("no", _("No"))],
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect,
                help_text=question.rule,
            )
            self.fields[f"{question.code}_evidence"] = forms.CharField(
                label=_("Evidence"),
                required=False,
                max_length=200,
                help_text=_("A voucher, a contract, minutes, a plan: what shows it."),
            )

    def answers(self) -> dict[str, dict[str, object]]:
        sent = self.cleaned_data
        return {
            question.code: {
                "met": sent[question.code],
                "evidence": sent[f"{question.code}_evidence"],
            }
            for question in self.questions
        }


def _standards() -> list[tuple[str, str]]:
    profiles = [profile_named(name) for name in profile_names()]
    return [
        (profile.name, f"{profile.name} ({profile.title_in(get_language())})")
        for profile in profiles
    ]


class StandardForm(forms.Form):
    """Which questions are asked: they hang on the standard and on where the data came from."""

    profile = forms.ChoiceField(label=_("Accounting standard"), choices=_standards)
    origin = forms.ChoiceField(label=_("Origin"), choices=Origin.choices)


class ImpairmentForm(forms.Form):
    """A test of what a booked asset is still worth."""

    tested_on = forms.DateField(
        label=_("Tested on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    recoverable = forms.DecimalField(
        label=_("Recoverable amount"),
        min_value=0,
        max_digits=18,
        decimal_places=2,
        help_text=_("For inventory the net realizable value."),
    )
    voucher = forms.CharField(
        label=_("Voucher number"), max_length=longest_of(Impairment, "voucher")
    )


# The form of the debt-ratio planner.

OPERATIONS = [
    (Operation.EXPENSED, _("Spend own money, all expensed")),
    (Operation.CAPITALIZED, _("Spend own money, a part capitalized")),
    (Operation.LOAN_FUNDED, _("Spend borrowed money, a part capitalized")),
    (Operation.GRANT, _("Receive a grant for an asset")),
    (Operation.EQUITY, _("Receive an equity contribution")),
    (Operation.PROFIT, _("Earn a profit in cash each year")),
    (Operation.PLEDGE_LOAN, _("Borrow against a pledge")),
    (Operation.APPRAISAL, _("Have the data appraised")),
]
"""The moves, worded."""

ENTITIES = [
    (Entity.COMPANY.value, _("Company")),
    (Entity.PLATFORM.value, _("State-owned platform")),
    (Entity.ADMINISTRATIVE_UNIT.value, _("Administrative unit")),
]


class AmountField(forms.DecimalField):
    """An amount of zero or more; empty is zero."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_digits=18, decimal_places=2, required=False, **options)

    def clean(self, value: Any) -> Decimal:
        return super().clean(value) or Decimal(0)


class PlanForm(forms.Form):
    """A balance sheet, who it belongs to, and what is thought of."""

    entity = forms.ChoiceField(label=_("Who it is"), choices=ENTITIES)
    assets = forms.DecimalField(
        label=_("Total assets"), min_value=1, max_digits=18, decimal_places=2
    )
    liabilities = forms.DecimalField(
        label=_("Total liabilities"), min_value=0, max_digits=18, decimal_places=2
    )
    spend = AmountField(
        label=_("Spent on the data"), help_text=_("Looked at three ways: expensed, own, borrowed.")
    )
    capitalized = AmountField(
        label=_("of which capitalized"),
        help_text=_("What meets every condition of the standard; the rest is expensed."),
    )
    grant = AmountField(label=_("Grant for an asset"))
    equity = AmountField(label=_("Equity contribution"))
    profit = AmountField(label=_("Profit in cash a year"))
    pledge = AmountField(label=_("Loan against a pledge of data"))
    appraisal = AmountField(
        label=_("Appraised value"), help_text=_("To see that it changes nothing.")
    )
    life_years = forms.IntegerField(
        label=_("Useful life in years"), min_value=1, max_value=20, initial=3
    )
    loan_rate = forms.DecimalField(
        label=_("Interest in percent a year"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=Decimal("4.00"),
    )
    loan_years = forms.IntegerField(
        label=_("Years of repayment"), min_value=1, max_value=20, initial=3
    )
    years = forms.IntegerField(label=_("Years to look ahead"), min_value=1, max_value=20, initial=5)
    target = forms.DecimalField(
        label=_("Target ratio in percent"),
        min_value=1,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Keep what is capitalized within what is spent."""
        sent = super().clean() or {}
        spend, capitalized = sent.get("spend"), sent.get("capitalized")
        if spend is not None and capitalized is not None and capitalized > spend:
            self.add_error("capitalized", _("At most what is spent can be capitalized."))
        return sent

    def plan(self) -> Plan:
        sent = dict(self.cleaned_data)
        sheet = BalanceSheet(sent.pop("assets"), sent.pop("liabilities"))
        return Plan(sheet=sheet, entity=Entity(sent.pop("entity")), **sent)
