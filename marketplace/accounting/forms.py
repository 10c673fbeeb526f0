"""Forms of accounting: the questions of a recognition, and what is planned."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounting.models import Origin
from marketplace.accounting.services import propose_recognition
from marketplace.accounting.standards.planner import Plan
from marketplace.accounting.standards.profiles import Profile
from marketplace.accounting.standards.questions import questions_of
from marketplace.accounting.standards.ratio import BalanceSheet, Entity, Operation
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class RecognitionForm(ActForm):
    """The recognition test of a standard, question by question."""

    takes = staticmethod(propose_recognition)

    def __init__(self, *args: Any, profile: Profile, origin: str, **options: Any) -> None:
        super().__init__(*args, without=("profile", "origin"), **options)
        self.asked = {"profile": profile.name, "origin": origin}
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

    def taken(self) -> dict[str, Any]:
        """Return the answers by their questions, beside what else the act takes."""
        sent = self.cleaned_data
        answers = {
            question.code: {
                "met": sent[question.code],
                "evidence": sent[f"{question.code}_evidence"],
            }
            for question in self.questions
        }
        return super().taken() | self.asked | {"answers": answers}


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
