from typing import Any

from django.utils.translation import gettext_lazy as _

from desensitize.privacy.sandbox import COUNT, HISTOGRAM, Condition, Declaration, Question
from marketplace.delivery.sandbox.arguments import Asked
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm

NONE = ("", "—")
OWN = ("by", "and_by", "where", "values", "range", "low", "high")


class QuestionForm(ActForm):
    """One figure, or one a group, of the rows that fulfil the conditions."""

    takes = Asked
    field_order = ("figure", "column", "bins", *OWN, "epsilon")
    by = forms.ChoiceField(label=_("For each"), required=False)
    and_by = forms.ChoiceField(label=_("and each"), required=False)
    where = forms.ChoiceField(label=_("Only rows whose"), required=False)
    values = forms.CharField(
        label=_("is one of"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One value a line."),
    )
    range = forms.ChoiceField(label=_("Only rows whose"), required=False)
    low = forms.CharField(label=_("is from"), required=False, max_length=30)
    high = forms.CharField(label=_("to"), required=False, max_length=30)

    def __init__(self, *given: Any, sandbox: Sandbox, **options: Any) -> None:
        super().__init__(*given, **options)
        declared = Declaration.from_json(sandbox.declaration)
        numbers = [
            (name, f"{name} ({number.written(number.bounds[0])} – "
                   f"{number.written(number.bounds[1])})")
            for name, number in sorted(declared.numbers.items())
        ]  # fmt: skip
        groups = [(name, name) for name in sorted(declared.categories)]
        for field, choices in (
            ("column", numbers),
            ("range", numbers),
            ("by", groups),
            ("and_by", groups),
            ("where", groups),
        ):
            chosen = self.fields[field]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [NONE, *choices]
        epsilon = self.fields["epsilon"]
        self.initial.setdefault("epsilon", sandbox.epsilon_question / 2)
        epsilon.widget.attrs["max"] = str(sandbox.epsilon_question)

    def clean(self) -> dict[str, Any]:
        """Leave out what the figure does not need, so that the form is easy to fill in."""
        sent = self.cleaned_data
        if sent.get("figure") == COUNT:
            sent["column"] = ""
        elif sent.get("figure") and not sent.get("column"):
            self.add_error("column", _("Choose the column."))
        if sent.get("where") and not sent.get("values", "").strip():
            self.add_error("values", _("Give at least one value."))
        return sent

    def question(self) -> Question:
        sent, asked = self.cleaned_data, Asked(**self.taken())
        where = []
        if sent["where"]:
            lines = (line.strip() for line in sent["values"].splitlines())
            where.append(Condition(sent["where"], tuple(line for line in lines if line)))
        if sent["range"]:
            where.append(Condition(sent["range"], low=sent["low"], high=sent["high"]))
        groups = () if asked.figure == HISTOGRAM else (sent["by"], sent["and_by"])
        return asked.question(by=tuple(filter(None, groups)), where=tuple(where))
