"""What the form of an approach is made of: lines with their sources, in groups."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.adapters.labels import label_of
from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.models import Approach, Method
from marketplace.core.bounds import decimal_of
from marketplace.web.bounded import forms

MOST_YEARS = 100
HUNDRED = Decimal(100)
_BETWEEN = re.compile(r"[\s;，；]+")


class SeriesField(forms.CharField):
    """One number a line, in the order of the years."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 5, "inputmode": "text"}),
            **options,
        )

    def to_python(self, value: Any) -> Any:
        """Read the numbers.

        Raises:
            ValidationError: a part is no number, or there are too many.
        """
        parts = [part for part in _BETWEEN.split(super().to_python(value) or "") if part]
        if len(parts) > MOST_YEARS:
            raise forms.ValidationError(_("Give at most 100 years."))
        return [_number(part) for part in parts]


def _number(part: str) -> Decimal:
    try:
        return decimal_of(part)
    except ValueError:
        raise forms.ValidationError(
            _("“%(part)s” is no number. Write one number a line, without separators of thousands."),
            params={"part": part[:40]},
        ) from None


@dataclass(frozen=True)
class Line:
    """An input of the library: the path to it, its help, and how it is typed.

    `path` names it in the library's inputs, such as `components.direct`; its last part names the
    form's field. `is_percent` lines are typed in percent and kept as ratios.
    """

    path: str
    label: str | Promise
    help_text: str | Promise = ""
    is_series: bool = False
    is_percent: bool = False
    is_required: bool = False
    has_source: bool = True
    choices: Sequence[tuple[str, str | Promise]] = ()

    @property
    def name(self) -> str:
        """Return the name of the form's field: the last of the path, with what it belongs to."""
        *outer, last = self.path.split(".")
        return f"{outer[-1]}_{last}" if last in ("balance", "rate") else last

    def field(self) -> forms.Field:
        shared: dict[str, Any] = {
            "label": self.label,
            "help_text": self.help_text,
            "required": self.is_required,
        }
        if self.choices:
            return forms.ChoiceField(choices=self.choices, **shared)
        return SeriesField(**shared) if self.is_series else forms.DecimalField(**shared)

    def kept(self, typed: Any) -> Any:
        """Return what the library is given."""
        if not self.is_percent:
            return typed
        return [part / HUNDRED for part in typed] if self.is_series else typed / HUNDRED

    def shown(self, kept: Any) -> Any:
        """Return what a form to revise shows of a stored input."""
        parts = kept if isinstance(kept, list) else [kept]
        if self.choices:
            return kept
        factor = HUNDRED if self.is_percent else Decimal(1)
        told = [f"{(Decimal(part) * factor).normalize():f}" for part in parts]
        return "\n".join(told) if self.is_series else told[0]


@dataclass(frozen=True)
class Group:
    """Lines under a heading, with a sentence on how to fill them in."""

    title: str | Promise
    note: str | Promise
    lines: tuple[Line, ...]
    is_folded: bool = False


def into(target: dict[str, Any], path: str, value: object) -> None:
    *outer, last = path.split(".")
    for name in outer:
        target = target.setdefault(name, {})
    target[last] = value


def out_of(source: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a path, None where nothing does."""
    found: Any = source
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


Proposing = Callable[[], Mapping[str, Any]]


# The form of one approach: its lines, what it counts, and why.

BY_THE_CENTRE = {"currency", "sources", "right_held", "quality_coefficient"}
"""Inputs that the centre itself fills in."""
SOURCE_HELP = _("A voucher, an estimate, a report: a reviewer checks it.")


@dataclass(frozen=True)
class ShownGroup:
    """A group as the page draws it: each field with its source beside it, or nothing there."""

    title: str
    note: str
    rows: tuple[tuple[forms.BoundField, forms.BoundField | None], ...]
    is_folded: bool


class ApproachForm(forms.Form):
    """An approach; its fields carry the method's name before their own."""

    method: ClassVar[Method]
    groups: ClassVar[tuple[Group, ...]]
    is_beside: ClassVar[bool] = False
    extra: ClassVar[str] = ""
    """A template with more than lines, where the approach has more."""

    weight = forms.DecimalField(
        label=_("Weight"),
        required=False,
        min_value=0,
        max_value=1,
        max_digits=7,
        decimal_places=6,
        help_text=_("How much this approach counts, from 0 to 1; together they are 1."),
    )
    reason = forms.CharField(
        label=_("Why that much"),
        required=False,
        max_length=500,
        help_text=_("How good its inputs are, and how well it fits this data."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"prefix": self.method.value, **options})
        for line in self.lines():
            self.fields[line.name] = line.field()
            if line.has_source:
                self.fields[f"{line.name}_source"] = forms.CharField(
                    label=_("Source of “%(figure)s”") % {"figure": line.label},
                    required=False,
                    max_length=200,
                    help_text=SOURCE_HELP,
                )

    @classmethod
    def lines(cls) -> Iterator[Line]:
        """Walk over the lines of all groups."""
        return (line for group in cls.groups for line in group.lines)

    @property
    def title(self) -> str:
        return str(self.method.label)

    @property
    def shown_groups(self) -> list[ShownGroup]:
        """Return the groups with their fields; a folded one opens where something is in it."""
        return [
            ShownGroup(
                str(group.title),
                str(group.note),
                tuple(
                    (self[line.name], self[f"{line.name}_source"] if line.has_source else None)
                    for line in group.lines
                ),
                group.is_folded and not self._is_used(group),
            )
            for group in self.groups
        ]

    def _is_used(self, group: Group) -> bool:
        return any(self[line.name].value() or self[line.name].errors for line in group.lines)

    def given(self) -> GivenApproach:
        sent = self.cleaned_data
        return GivenApproach(
            self.method, self.inputs(), weight=sent["weight"], reason=sent["reason"]
        )

    def inputs(self) -> dict[str, object]:
        """Return the library's inputs of a valid form."""
        sent = self.cleaned_data
        inputs: dict[str, object] = {}
        sources: dict[str, str] = {}
        for line in self.lines():
            typed = sent[line.name]
            if typed is None or typed in ("", []):
                continue
            into(inputs, line.path, line.kept(typed))
            if line.has_source and sent[f"{line.name}_source"]:
                sources[self.source_key(line)] = sent[f"{line.name}_source"]
        if sources:
            inputs["sources"] = sources
        return inputs

    def source_key(self, line: Line) -> str:
        """Return the name under which the library takes the source of a line."""
        return line.path

    @classmethod
    def values_of(cls, approach: Approach) -> dict[str, Any]:
        """Return what a form to revise a valuation shows at first."""
        inputs = approach.inputs
        values: dict[str, Any] = {"weight": approach.weight, "reason": approach.reason}
        sources = inputs.get("sources", {})
        for line in cls.lines():
            kept = out_of(inputs, line.path)
            if kept is not None:
                values[line.name] = line.shown(kept)
            key = line.path if line.path in sources else line.path.split(".")[-1]
            values[f"{line.name}_source"] = sources.get(key, "")
        return values

    @classmethod
    def holds_all_of(cls, inputs: Mapping[str, Any]) -> bool:
        """Return whether the form shows every input, so that saving it loses none."""
        known = {line.path.split(".")[0] for line in cls.lines()} | BY_THE_CENTRE
        return set(inputs) <= known

    def place(self, name: str, sentence: str) -> bool:
        """Put a refusal at its field, where this form shows it; tell whether it does."""
        for field in (name, name.removesuffix("_source") + "_source", name.replace(".", "_")):
            if field in self.fields:
                self.add_error(field, sentence)
                return True
        return False


def labelled(path: str, help_text: Any = "", **options: Any) -> Line:
    """Make a line whose label is what the library's figure is called."""
    return Line(path, label_of(path), help_text, **options)


Values = Mapping[str, Any]
