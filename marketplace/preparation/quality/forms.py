"""The form of each rule on the page of a dataset's quality: only what its kind needs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.quality import KINDS, OPERATORS, TYPES, Finding, Rule, Tolerance
from marketplace.catalog.quality.presentation import KIND_LABELS, SEVERITY_LABELS, TYPE_LABELS
from marketplace.catalog.quality.services import set_quality_rules
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm

MOST_FORMS = 200
FIELDS: Mapping[str, tuple[str, ...]] = {
    "present": ("column",),
    "unique": ("columns",),
    "type": ("column", "type"),
    "range": ("column", "at_least", "at_most"),
    "pattern": ("column", "pattern"),
    "codes": ("column", "codes"),
    "compare": ("left", "operator", "right", "within"),
    "exists": ("column", "dataset", "other_column"),
    "fresh": ("column", "days"),
    "volume": (),
}
"""By kind the fields that its form has, besides those of every rule."""
OF_ALL = ("keep", "kind", "tolerance", "severity")


class RuleForm(forms.Form):
    """One rule; once it was tried, with what it finds and that in words."""

    finding: Finding | None = None
    told: str | Promise = ""

    keep = forms.BooleanField(label=gettext_lazy("Keep this rule"), required=False)
    kind = forms.CharField(widget=forms.HiddenInput)
    column = forms.ChoiceField(label=gettext_lazy("Column"))
    columns = forms.MultipleChoiceField(label=gettext_lazy("Columns"))
    type = forms.ChoiceField(
        label=gettext_lazy("Type"), choices=[(name, TYPE_LABELS[name]) for name in TYPES]
    )
    at_least = forms.CharField(label=gettext_lazy("At least"), required=False, max_length=40)
    at_most = forms.CharField(label=gettext_lazy("At most"), required=False, max_length=40)
    pattern = forms.CharField(
        label=gettext_lazy("Pattern"),
        max_length=200,
        help_text=gettext_lazy("A regular expression for the whole value, such as [A-Z]{2}[0-9]+."),
    )
    codes = forms.CharField(
        label=gettext_lazy("Codes"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line."),
    )
    left = forms.MultipleChoiceField(label=gettext_lazy("Sum of these columns"))
    operator = forms.ChoiceField(
        label=gettext_lazy("compared by"), choices=[(one, one) for one in OPERATORS]
    )
    right = forms.MultipleChoiceField(label=gettext_lazy("with the sum of these"))
    within = forms.CharField(
        label=gettext_lazy("So far apart still counts as equal"), required=False, max_length=40
    )
    dataset = forms.ChoiceField(label=gettext_lazy("Dataset in which the values stand"))
    other_column = forms.CharField(label=gettext_lazy("Column of it"), max_length=200)
    days = forms.IntegerField(label=gettext_lazy("At most so many days old"), min_value=0)
    tolerance = forms.CharField(
        label=gettext_lazy("How much may fail"),
        max_length=40,
        help_text=gettext_lazy("A share such as 5 %, or a number of rows such as 3."),
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("When it fails"), choices=list(SEVERITY_LABELS.items())
    )

    def __init__(
        self,
        *args: Any,
        rule_kind: str,
        columns: Sequence[str],
        datasets: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.rule_kind = rule_kind
        wanted = [name for name in OF_ALL if (rule_kind, name) != ("fresh", "tolerance")]
        wanted += FIELDS[rule_kind]
        self.fields = {name: self.fields[name] for name in self.fields if name in wanted}
        choices = [(name, name) for name in columns]
        for name in ("column", "columns", "left", "right"):
            self._offer(name, choices)
        self._offer("dataset", list(datasets))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Let one be chosen, where the form has the field."""
        field = self.fields.get(name)
        if field is not None:
            assert isinstance(field, forms.ChoiceField), "These are choices."
            field.choices = choices

    @property
    def title(self) -> str:
        """Return the kind of the rule and the columns that are chosen for it."""
        kind, columns = str(KIND_LABELS[self.rule_kind]), self._chosen_columns()
        return f"{kind}: {', '.join(columns)}" if columns else kind

    def _chosen_columns(self) -> list[str]:
        chosen: list[str] = []
        for name in ("column", "columns", "left", "right"):
            value = self[name].value() if name in self.fields else None
            chosen += [value] if isinstance(value, str) else value or []
        return [name for name in chosen if name]

    @property
    def is_kept(self) -> bool:
        """Return whether the rule is to be in force."""
        return bool(self.cleaned_data.get("keep"))

    def clean_tolerance(self) -> dict[str, Any]:
        """Read `5 %` as a share and `3` as so many rows."""
        text = str(self.cleaned_data["tolerance"]).strip()
        try:
            if text.endswith(("%", "％")):
                return {"share": str(Decimal(text[:-1].strip().replace(",", ".")) / 100)}
            return {"count": int(text)}
        except (InvalidOperation, ValueError):
            raise forms.ValidationError(
                _("Write a share such as 5 %, or a number of rows such as 3.")
            ) from None

    def rule(self) -> dict[str, Any]:
        said = self.cleaned_data
        columns = said.get("columns") or ([said["column"]] if said.get("column") else [])
        rule: dict[str, Any] = {
            "kind": self.rule_kind,
            "columns": columns,
            "parameters": self._parameters(said),
            "severity": said["severity"],
        }
        return rule | ({"tolerance": said["tolerance"]} if "tolerance" in said else {})

    def _parameters(self, said: Mapping[str, Any]) -> dict[str, Any]:
        if self.rule_kind == "codes":
            lines = (line.strip() for line in said["codes"].splitlines())
            return {"codes": [line for line in lines if line]}
        if self.rule_kind == "exists":
            return {"dataset": said["dataset"], "column": said["other_column"]}
        parts = [name for name in FIELDS[self.rule_kind] if name not in ("column", "columns")]
        return {name: said[name] for name in parts if said[name] not in (None, "")}


class RulesForm(ActForm):
    """What is said of all rules together."""

    takes = staticmethod(set_quality_rules)
    count = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_FORMS)

    def __init__(self, *args: Any, needs_reason: bool, **options: Any) -> None:
        super().__init__(*args, without=() if needs_reason else ("reason",), **options)


def initial_of(rule: Rule, *, keep: bool) -> dict[str, Any]:
    parameters = dict(rule.parameters)
    if rule.kind == "codes":
        parameters["codes"] = "\n".join(parameters["codes"])
    if rule.kind == "exists":
        parameters["other_column"] = parameters.pop("column")
    return {
        "keep": keep,
        "kind": rule.kind,
        "column": rule.columns[0] if rule.columns else "",
        "columns": list(rule.columns),
        "tolerance": _written(rule.tolerance),
        "severity": str(rule.severity),
        **parameters,
    }


def blank_of(kind: str) -> dict[str, Any]:
    return {"keep": True, "kind": kind, "tolerance": "0", "severity": "blocks"}


def kinds_sent(sent: QueryDict) -> list[str]:
    """Return the kinds of the rules that were sent, by their place; unknown ones are left out."""
    try:
        count = min(max(int(sent.get("count", "0")), 0), MOST_FORMS)
    except ValueError:
        count = 0
    kinds = [str(sent.get(f"rule-{place}-kind", "")) for place in range(count)]
    return [kind for kind in kinds if kind in KINDS]


def _written(tolerance: Tolerance) -> str:
    if tolerance.share is None:
        return str(tolerance.count)
    return f"{format((tolerance.share * 100).normalize(), 'f')} %"
