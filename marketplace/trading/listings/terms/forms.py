"""The terms as a form asks for them, made from what each clause says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.trading.listings.mode.base import Mode
from marketplace.trading.listings.terms.clauses.asked import (
    UNSAID,
    Asked,
    Choice,
    Conditions,
    Flag,
    Names,
    Page,
    Text,
    Whole,
)
from marketplace.trading.listings.terms.clauses.base import ClauseKind, Group, asked_of
from marketplace.trading.listings.terms.fields import (
    AnswerField,
    ColumnsField,
    ConditionsField,
)
from marketplace.trading.listings.terms.terms import ASKED, CLAUSES, DEFAULTS
from marketplace.web.bounded import forms


def form_fields() -> dict[str, forms.Field]:
    """Return a field for each value of the terms, in the order in which people read them."""
    return {
        name: _form_field(name, asked)
        for clause in CLAUSES
        for name, asked in asked_of(clause).items()
    }


def _form_field(name: str, asked: Asked) -> forms.Field:
    options: dict[str, Any] = {
        "label": asked.label,
        "help_text": asked.help,
        "required": asked.is_marked,
    }
    usual = DEFAULTS[name]
    if usual is not UNSAID:
        options["initial"] = usual if callable(usual) else asked.shown(usual)
    if isinstance(asked, Text):
        if asked.lines > 1:
            options["widget"] = forms.Textarea(attrs={"rows": asked.lines})
        return forms.CharField(max_length=asked.longest, **options)
    if isinstance(asked, Whole):
        return forms.IntegerField(**options)
    if isinstance(asked, Choice):
        none = [("", asked.none)] if asked.none else []
        return AnswerField(choices=[*none, *asked.choices.choices], **options)
    if isinstance(asked, Flag):
        return forms.BooleanField(**options)
    if isinstance(asked, Names):
        return ColumnsField(**options)
    assert isinstance(asked, Conditions), "There is no other kind of value."
    return ConditionsField(**options)


def shown_values(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form shows of terms at first, from their plain values."""
    return {
        name: ASKED[name].shown(value) if name in ASKED else value for name, value in terms.items()
    }


def read_values(form: forms.Form) -> dict[str, Any]:
    """Return what a valid form was sent of the terms; what was left out is not among it."""
    return {
        name: ASKED[name].read(form.cleaned_data[name], DEFAULTS[name])
        for name in ASKED
        if name in form.fields and not is_left_out(form, name)
    }


def let_out(form: forms.Form, *, are_changes: bool) -> None:
    """Ask a form that was sent for nothing that was left out, as it is usual or stays as it is.

    What somebody empties is refused all the same.
    """
    for name, usual in DEFAULTS.items() if form.is_bound else ():
        if (are_changes or usual is not UNSAID) and is_left_out(form, name):
            field = form.fields[name]
            field.required = False
            if isinstance(field, AnswerField):
                field.is_asked = False


def is_left_out(form: forms.Form, name: str) -> bool:
    """Return whether a form was sent without a field. Of what is ticked, none is an answer."""
    widget = form.fields[name].widget
    return bool(widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name)))


def names_first_on(page: Page) -> tuple[str, ...]:
    """Return the values that a page asks for first."""
    return tuple(name for name, asked in _in_order() if page in asked.first_on)


def names_not_for(mode: Mode) -> set[str]:
    """Return the values that say nothing of what is delivered so."""
    return {
        name
        for clause in CLAUSES
        if clause.is_for_programs and not mode.is_counted
        for name in asked_of(clause)
    }


def names_of_listing() -> set[str]:
    """Return the values that stay as they are listed."""
    return {name for clause in CLAUSES if clause.is_listed for name in asked_of(clause)}


@dataclass(frozen=True)
class FieldShown:
    """A field of a form, and the classes by which a page shows it only when it counts."""

    field: forms.BoundField
    css: str


@dataclass(frozen=True)
class ClauseShown:
    """The fields of a clause, and the classes of what holds them."""

    fields: list[FieldShown]
    css: str


def groups_of(form: forms.Form) -> list[list[ClauseShown]]:
    """Return the fields of the terms in a form, clause by clause, in the groups of a page."""
    return [
        [_clause_shown(form, clause) for clause in CLAUSES if clause.group == group]
        for group in Group
    ]


def _clause_shown(form: forms.Form, clause: ClauseKind) -> ClauseShown:
    asked = asked_of(clause)
    shown = [
        FieldShown(form[name], f"if-{one.only_if[1]}" if one.only_if else "")
        for name, one in asked.items()
        if name in form.fields
    ]
    css = ["clause"]
    if any(isinstance(one, Conditions) or getattr(one, "lines", 1) > 1 for one in asked.values()):
        css.append("clause-wide")
    elif sum(not one.css for one in shown) > 2:
        css += ["clause-wide", "columns"]
    if not clause.is_of_right:
        css.append("of-licence")
    if clause.is_for_programs:
        css.append("for-programs")
    return ClauseShown(shown, " ".join(css))


def _in_order() -> list[tuple[str, Asked]]:
    return [one for clause in CLAUSES for one in asked_of(clause).items()]
