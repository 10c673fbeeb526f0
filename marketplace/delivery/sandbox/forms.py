from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from desensitize.privacy.sandbox import (
    COUNT,
    HISTOGRAM,
    MEAN,
    SUM,
    Condition,
    Declaration,
    Question,
)
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.web.bounded import forms

FIGURES = [
    (COUNT, _("Number of rows")),
    (SUM, _("Sum")),
    (MEAN, _("Mean")),
    (HISTOGRAM, _("Histogram")),
]
NONE = ("", "—")


class QuestionForm(forms.Form):
    """One figure, or one a group, of the rows that fulfil the conditions."""

    figure = forms.ChoiceField(label=_("What you ask for"), choices=FIGURES)
    column = forms.ChoiceField(label=_("Of which column"), required=False)
    bins = forms.IntegerField(
        label=_("Parts of a histogram"), required=False, initial=10, min_value=2, max_value=50
    )
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
    epsilon = forms.DecimalField(
        label=_("ε to spend"),
        max_digits=9,
        decimal_places=3,
        min_value=Decimal("0.001"),
        help_text=_("Twice as much halves the noise."),
    )

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
        epsilon.initial = sandbox.epsilon_question / 2 or sandbox.epsilon_question
        epsilon.widget.attrs["max"] = str(sandbox.epsilon_question)

    def clean(self) -> dict[str, Any]:
        """Leave out what the figure does not need, so that the form is easy to fill in."""
        sent = self.cleaned_data
        if sent.get("figure") == COUNT:
            sent["column"] = ""
        elif sent.get("figure") and not sent.get("column"):
            self.add_error("column", _("Choose the column."))
        if sent.get("figure") == HISTOGRAM and not sent.get("bins"):
            self.add_error("bins", _("Say in how many parts."))
        if sent.get("where") and not sent.get("values", "").strip():
            self.add_error("values", _("Give at least one value."))
        return sent

    def question(self) -> Question:
        sent = self.cleaned_data
        is_histogram = sent["figure"] == HISTOGRAM
        where = []
        if sent["where"]:
            lines = (line.strip() for line in sent["values"].splitlines())
            where.append(Condition(sent["where"], tuple(line for line in lines if line)))
        if sent["range"]:
            where.append(Condition(sent["range"], low=sent["low"], high=sent["high"]))
        by = () if is_histogram else tuple(sent[name] for name in ("by", "and_by") if sent[name])
        return Question(
            figure=sent["figure"],
            column=sent["column"],
            by=by,
            where=tuple(where),
            bins=sent["bins"] if is_histogram else 0,
        )
