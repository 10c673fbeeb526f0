"""The guided appraisal, what is decided on it, and the calculator."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.adapters.results import methods
from marketplace.appraisal.appraisal.approach_forms import (
    CostForm,
    IncomeForm,
    MarketForm,
    OptionsForm,
)
from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.line_forms import ApproachForm
from marketplace.appraisal.appraisal.models import Appraisal, Method
from marketplace.appraisal.appraisal.services import draft_appraisal
from marketplace.core import Invalid
from marketplace.core.bounds import OutOfBounds, read_json
from marketplace.core.versions import ChangedMeanwhile
from marketplace.web.bounded import forms
from marketplace.web.pages import SAVED_MEANWHILE
from marketplace.web.taking import ActForm

FORMS: Mapping[str, type[ApproachForm]] = {
    form.method.value: form for form in (CostForm, IncomeForm, MarketForm, OptionsForm)
}
HELP: Mapping[str, Any] = {
    Method.COST: _("What would it cost to make the data again? Fits data that nobody sells yet."),
    Method.INCOME: _("What will the data earn? Fits data with income that can be foreseen."),
    Method.MARKET: _("What was paid for similar data? Fits data of which there are past trades."),
    Method.OPTIONS: _("What is it worth to wait with a product? Shown beside, never added."),
}
Answer = TypeVar("Answer")
AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)
SHOWS = "show"
"""The name of the button that shows the approaches that are ticked, and saves nothing."""


class HeadForm(ActForm):
    """What the valuation is for, and as of which day; its approaches are forms beside it."""

    takes = staticmethod(draft_appraisal)


@dataclass(frozen=True)
class Choice:
    """An approach that can be chosen."""

    value: str
    label: str
    help_text: str
    is_chosen: bool


def _as_typed(form: AnyForm, sent: QueryDict) -> AnyForm:
    """Let a form show at first what was typed into it, where it was on the page."""
    keys = {name: form.add_prefix(name) for name in form.fields}
    if any(key in sent for key in keys.values()):
        for name, key in keys.items():
            widget = form.fields[name].widget
            form.initial[name] = widget.value_from_datadict(sent, MultiValueDict(), key)
    return form


@dataclass(frozen=True)
class Guide:
    head: HeadForm
    approaches: tuple[ApproachForm, ...]

    @classmethod
    def asked(
        cls,
        request: HttpRequest,
        *,
        head: Mapping[str, Any],
        approaches: Mapping[str, Mapping[str, Any]],
        chosen: Sequence[str],
    ) -> Self:
        """Make the forms that a request asks for; without any, those of `chosen`.

        `head` and `approaches` are what they show at first.
        """
        data: QueryDict | None = request.POST if request.method == "POST" else None
        named = (data if data is not None else request.GET).getlist("approach")
        wanted = [name for name in FORMS if name in named] or [
            name for name in FORMS if name in chosen
        ]
        if data is not None and SHOWS in data:
            # What was typed stays, of the approaches that were shown; nothing is wrong with it yet.
            plain = tuple(FORMS[name](initial=dict(approaches.get(name, {}))) for name in wanted)
            return cls(
                _as_typed(HeadForm(initial=dict(head)), data),
                tuple(_as_typed(form, data) for form in plain),
            )
        return cls(
            HeadForm(data, initial=dict(head)),
            tuple(FORMS[name](data, initial=dict(approaches.get(name, {}))) for name in wanted),
        )

    @classmethod
    def values_of(cls, appraisal: Appraisal) -> dict[str, dict[str, Any]]:
        """Return what the forms of each stored approach show at first."""
        return {
            approach.method: FORMS[approach.method].values_of(approach)
            for approach in appraisal.approaches.all()
            if approach.method in FORMS
        }

    @classmethod
    def holds_all_of(cls, appraisal: Appraisal) -> bool:
        """Return whether the forms show every input of each stored approach."""
        return all(
            approach.method in FORMS and FORMS[approach.method].holds_all_of(approach.inputs)
            for approach in appraisal.approaches.all()
        )

    @property
    def is_several(self) -> bool:
        """Return whether approaches have to be weighed."""
        return len([form for form in self.approaches if not form.is_beside]) > 1

    @property
    def choices(self) -> list[Choice]:
        """Return the approaches that there are, with those that are chosen."""
        chosen = {form.method for form in self.approaches}
        return [
            Choice(name, str(form.method.label), str(HELP[form.method]), form.method in chosen)
            for name, form in FORMS.items()
        ]

    @property
    def forms(self) -> tuple[forms.Form, ...]:
        return (self.head, *self.approaches)

    @property
    def is_bound(self) -> bool:
        return self.head.is_bound

    @property
    def to_do(self) -> list[str]:
        """Say what still keeps the figure away, each with the name of its field."""
        told = []
        for form in self.forms:
            for name, sentences in form.errors.items():
                label = form[name].label if name in form.fields else ""
                told += [f"{label}: {one}" if label else str(one) for one in sentences]
        return told

    def is_valid(self) -> bool:
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def status(self) -> int:
        """Return 422 where something that was sent is not right, else 200."""
        return 422 if any(form.is_bound and form.errors for form in self.forms) else 200

    def given(self) -> list[GivenApproach]:
        return [form.given() for form in self.approaches]

    def attempt(self, act: Callable[[], Answer]) -> Answer | None:
        """Call an act; where it answers `Invalid`, put each sentence at its field, answer None."""
        try:
            return act()
        except ChangedMeanwhile:
            self.head.add_error(None, str(SAVED_MEANWHILE))
            return None
        except Invalid as refusal:
            told = [
                (name, sentence)
                for name, sentences in refusal.fields.items()
                for sentence in sentences
            ]
            for name, sentence in told or [("", refusal.sentence)]:
                self._place(name, sentence)
            return None

    def _place(self, name: str, sentence: str) -> None:
        method, _dot, field = name.partition(".")
        for form in self.approaches:
            if form.method == method and form.place(field, sentence):
                return
        if name in self.head.fields:
            self.head.add_error(name, sentence)
        elif len(self.approaches) != 1 or not self.approaches[0].place(name, sentence):
            self.head.add_error(None, sentence)


# The form of the calculator.

EXAMPLE = """{
  "currency": "CNY",
  "components": {"direct": 1860000, "indirect": 340000},
  "cost_basis": "replacement",
  "quality_coefficient": 0.92,
  "remaining_life_years": 4,
  "total_life_years": 5
}"""
LONGEST_INPUT = 400_000


class CalculatorForm(forms.Form):
    """A method, and its inputs as JSON with the keys of the library."""

    method = forms.ChoiceField(label=_("Method"))
    inputs = forms.CharField(
        label=_("Inputs as JSON"),
        max_length=LONGEST_INPUT,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code"}),
        help_text=_("The same keys as in an input file of the command line `python -m valuation`."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["method"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = methods()

    def clean_inputs(self) -> dict[str, object]:
        """Read the JSON, numbers as they are written.

        Raises:
            ValidationError: it is no JSON object, or names a key twice.
        """
        try:
            found = read_json(self.cleaned_data["inputs"], exact=True)
        except OutOfBounds as error:
            raise forms.ValidationError(str(error)) from None
        except ValueError:
            raise forms.ValidationError(
                _("This is no JSON in which each key stands once. Check braces, commas, quotes.")
            ) from None
        if not isinstance(found, dict):
            raise forms.ValidationError(_("Give an object: names with their values in braces."))
        return found
