"""What an act takes at its page and at its operation, read off the real form and serializer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, is_dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.forms.formsets import ManagementForm
from django.http import QueryDict
from django.test import override_settings
from django.urls import resolve
from rest_framework.fields import ListField, empty

from marketplace.core.arguments import arguments_of
from marketplace.web.taking import ActForm, GroupSerializer
from tests.given.doors import DoorCase, Things

OWN_FORM = "own-form"
"""A page has no form, several, or one of another shape than what a program sends."""
SHAPED: Mapping[str, tuple[frozenset[str], str]] = MappingProxyType(
    {
        "AnnotationForm": (
            frozenset(),
            "Columns are rows of a table, a page at a time: a row is what an item of a list is.",
        ),
        "EmailForm": (
            frozenset({"wanted"}),
            "A page ticks boxes; a program says of each kind yes or no.",
        ),
        "GradeForm": (
            frozenset({"impacts"}),
            "Each object of harm is a field; a program names those that there are.",
        ),
        "HeadForm": (
            frozenset({"approaches", "inputs", "method"}),
            "Each approach is a form of its own beside it; a program sends a list.",
        ),
        "HierarchyForm": (
            frozenset({"rows"}),
            "Rows are typed in the form of ARX, or come as a file of it.",
        ),
        "ItemAnswerForm": (
            frozenset({"classes", "corrected", "spans", "text"}),
            "A page asks what one kind of labelling does; a program sends an answer.",
        ),
        "OfferForm": (
            frozenset({"offer", "plan", "replaces", "terms"}),
            "The parts of a plan and each term are fields; a program sends objects of them.",
        ),
        "OrderForm": (
            frozenset({"message", "plan", "terms", "tier"}),
            "An offer has a page of its own; a program sends both at once.",
        ),
        "PolicyForm": (
            frozenset({"columns", "suppression_limit", "synthetic"}),
            "Each column is a row of fields, and a share is in percent; a program sends a policy.",
        ),
        "QuestionForm": (
            frozenset(),
            "Conditions are fields beside each other; a program sends a list of them.",
        ),
        "ReadingForm": (
            frozenset({"reading", "said", "other_columns"}),
            "What is odd in a file is asked by itself, other columns where there are some.",
        ),
        "RecognitionForm": (
            frozenset({"answers"}),
            "Each question of a standard is two fields of the page.",
        ),
        "ReportForm": (
            frozenset({"kind", "sections", "summary", "title"}),
            "A report is written as JSON on a page.",
        ),
        "RulesForm": (
            frozenset({"rules"}),
            "Each rule is a form of its own beside it; a program sends a list.",
        ),
        "SandboxForm": (
            frozenset({"declaration"}),
            "Each column of the data is a row of fields; a program sends a declaration.",
        ),
        "ShapleyForm": (
            frozenset({"parties"}),
            "Sources are lines of a text; a program sends a list of them.",
        ),
        "SignForm": (
            frozenset({"authenticator_data", "client_data", "code", "credential_id", "signature"}),
            "A page takes a password, which no token may send; a program sends a code.",
        ),
        "TakeInForm": (
            frozenset({"tasks"}),
            "A page takes the file whose content a program sends.",
        ),
    }
)
"""Forms that ask for some arguments in fields of their own: which, and the reason. In all else that
their act takes, what is absent and what is empty included, they are compared as any other form is.
"""
CHANGED = {"ACCEPTANCE_WORKING_DAYS": 11, "CONTRACT_LANGUAGE": "zh-hans"}
TOO_LONG = 20_000
OF_ACTS = {
    "catalog.grade.services.grade_dataset": "GradeForm",
    "catalog.version.services.annotate_columns": "AnnotationForm",
    "notices.services.choose_emails": "EmailForm",
    "preparation.column.services.set_hierarchy": "HierarchyForm",
}
"""Acts whose page takes a form of its own and shows it at no fault of an empty one."""
OF_REQUESTS = frozenset({"request_key", "confirm"})
"""What makes a request one, however often it is sent, and what a page has somebody confirm."""
BY_PLACE = {"position": "column"}
"""What the address of a page names by its place, and a program by its name."""
ABSENT = object()
NOTHING: tuple[Any, ...] = (None, "", [], (), {})


@dataclass(frozen=True)
class Taken:
    """What a door says of a field."""

    required: bool
    default: str
    longest: int | None
    least: Decimal | None
    most: Decimal | None
    choices: frozenset[str]

    def differs(self, other: Taken) -> list[str]:
        """Name what is not the same at the API; where a page offers rows, a program names them."""
        names = [name for name in vars(self) if getattr(self, name) != getattr(other, name)]
        offers = {"choices", "longest"} if self.choices and not other.choices else set()
        return [name for name in names if name not in offers]


def of_form(form: forms.BaseForm) -> dict[str, Taken]:
    """Read a form, with what it asks for in other states of its thing alone."""
    asked: dict[str, Any] = dict(form.fields)
    if isinstance(form, ActForm):
        asked = type(form).form_fields() | asked
    return {
        name: Taken(
            field.required,
            _plain(field.initial),
            getattr(field, "max_length", None),
            _number(getattr(field, "min_value", None)),
            _number(getattr(field, "max_value", None)),
            _values(getattr(field, "choices", ())),
        )
        for name, field in asked.items()
        if name not in OF_REQUESTS and not _leads(form, name)
    }


def _leads(form: forms.BaseForm, name: str) -> bool:
    """Return whether a hidden field of a page alone says where its reader goes on."""
    taken = [one.name for one in arguments_of(form.takes)] if isinstance(form, ActForm) else [name]
    return name in form.fields and form.fields[name].widget.is_hidden and name not in taken


def _offered(form: forms.BaseForm, name: str, takes: Mapping[str, Taken]) -> bool:
    """Return whether a field offers its thing some of what a program may name."""
    fits = isinstance(form, ActForm) and name in form.offered and name in takes
    return fits and of_form(form)[name].choices <= takes[name].choices


def of_serializer(serializer: Any) -> dict[str, Taken]:
    """Read a serializer; the fields of a group stand among the others, as on a page."""
    found: dict[str, Taken] = {}
    for name, field in serializer.fields.items():
        if isinstance(field, GroupSerializer):
            found |= of_serializer(field)
        elif not field.read_only and name not in OF_REQUESTS:
            one = getattr(field, "child", field)
            found[name] = Taken(
                field.required,
                _plain(None if field.default is empty else _called(field.default)),
                getattr(field, "max_length", None),
                _number(getattr(field, "min_value", None)),
                _number(getattr(field, "max_value", None)),
                _values(getattr(one, "choices", {}).items()),
            )
    return found


def differences(page: Mapping[str, Taken], api: Mapping[str, Taken]) -> list[str]:
    """Name the fields with what differs, such as `reason:longest`, or `reason:page` of one door."""
    both = page.keys() & api.keys()
    if len(both) * 2 < len(page.keys() | api.keys()):
        return [OWN_FORM]
    alone = [f"{name}:page" for name in page.keys() - both]
    alone += [f"{name}:api" for name in api.keys() - both]
    return sorted(
        alone + [f"{name}:{what}" for name in both for what in page[name].differs(api[name])]
    )


def check_same_taken(case: DoorCase, things: Things, client: Any) -> None:
    """See whether a page that is sent nothing it knows asks for what the operation takes.

    Settings differ from the usual ones, so that a default that somebody wrote down shows.
    """
    if case.page is None or case.api is None:
        return
    with override_settings(CENTRE=settings.CENTRE | CHANGED):
        page, api = resolve(case.page.path(things)), resolve(case.api(things).path)
        view = api.func.cls  # type: ignore[attr-defined]
        # What the address of a page names a program sends.
        named = page.kwargs.keys() | QueryDict(urlsplit(case.page.path(things)).query).keys()
        named |= {BY_PLACE[name] for name in page.kwargs.keys() & BY_PLACE.keys()}
        takes = of_serializer(view.takes()) if view.takes else {}
        takes = {name: one for name, one in takes.items() if name not in named}
        if case.act in OF_ACTS and takes.keys() <= SHAPED[OF_ACTS[case.act]][0]:
            return
        found = _shown(case, things, client, takes)
        filled = case.page(things).data, case.api(things).data
        if shaped := [form for form in found if _shape(form)]:
            differ = [
                each for form in shaped for each in _differs_beside(form, view.takes, takes, filled)
            ]
        elif len(found) == 1:
            # Where the address of a page names no thing, a field of it does.
            known = takes.keys() if api.kwargs and not page.kwargs else of_form(found[0]).keys()
            differ = differences(_asked(found[0], takes, known - named), takes)
            if differ != [OWN_FORM]:
                differ = sorted(differ + unlike_when_empty(found[0], view.takes, *filled))
        else:
            differ = [OWN_FORM] if takes or case.page(things).data.keys() - OF_REQUESTS else []
    assert differ == [], f"Declare in its signature what {case.act} takes: {' '.join(differ)}."


def _shown(
    case: DoorCase, things: Things, client: Any, takes: Mapping[str, Taken]
) -> list[forms.BaseForm]:
    """Return the forms that find fault with what a page is sent; of rows, which are alike, one."""
    assert case.page is not None, "Only what has a page shows a form."
    if case.act in OF_ACTS:
        shown = _forms(client.get(case.page(things).path).context or ())
        found = [form for form in shown if _shape(form) == OF_ACTS[case.act]]
        assert found, f"The page of {case.act} shows no {OF_ACTS[case.act]}."
    else:
        is_asked = any(one.required for one in takes.values())
        # What may be left out wholly is sent too long, or the page would act.
        sent = {"unknown": "1"} if is_asked else dict.fromkeys(takes, "1" * TOO_LONG)
        answer = client.post(case.page(things).path, sent)
        found = [form for form in _forms(answer.context or ()) if form.is_bound and form.errors]
    return list({type(form): form for form in reversed(found)}.values())


def _asked(
    form: forms.BaseForm, takes: Mapping[str, Taken], names: Collection[str]
) -> dict[str, Taken]:
    """Return what a form asks for by these names, with the choices of a program where it offers
    some of them.
    """
    return {
        name: replace(one, choices=takes[name].choices) if _offered(form, name, takes) else one
        for name, one in of_form(form).items()
        if name in names
    }


def _shape(form: forms.BaseForm) -> str:
    """Return the name under which a form is said to ask in fields of its own; "" of others."""
    return next((base.__name__ for base in type(form).__mro__ if base.__name__ in SHAPED), "")


def _differs_beside(
    form: forms.BaseForm,
    takes: Any,
    taken: Mapping[str, Taken],
    filled: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> list[str]:
    """Name what differs beside the arguments that a form asks for in fields of its own.

    Of a form that is a row it is what differs from an item of the list that a program sends.
    """
    if isinstance(form, ActForm) and (listed := _list_of(form, takes)):
        key, item = listed
        first = filled[1][key][0]
        row = {key: filled[0][form.add_prefix(key)] for key in first}
        form.prefix = None
        return differences(of_form(form), of_serializer(item)) + unlike_when_empty(
            form, type(item), row, first
        )
    shaped = SHAPED[_shape(form)][0]
    rest = {key: one for key, one in taken.items() if key not in shaped}
    asked = {key: one for key, one in of_form(form).items() if key in rest}
    return differences(asked, rest) + [
        one for one in unlike_when_empty(form, takes, *filled) if one.split(":")[0] in asked
    ]


def _list_of(form: ActForm, takes: Any) -> tuple[str, Any] | None:
    """Return the list that a program sends of what a form is one row of, and an item of it."""
    for key, one in takes().fields.items():
        child = getattr(one, "child", None)
        if isinstance(form.takes, type) and getattr(child, "takes", None) is form.takes:
            return key, child
    return None


def unlike_when_empty(
    form: forms.BaseForm, takes: Any, page: Mapping[str, Any], api: Mapping[str, Any]
) -> list[str]:
    """Name each field that is not read alike wherever it is not sent, is empty or is null.

    The form and the serializer are filled in with what the doors are sent, but for that field.
    """
    asked = of_serializer(takes()).keys() & form.fields.keys() - OF_REQUESTS
    names = [name for name in asked if not isinstance(form.fields[name], forms.FileField)]
    return [f"{name}:empty" for name in names if len(_read_empty(form, takes, page, api, name)) > 1]


def _read_empty(
    form: forms.BaseForm,
    takes: Any,
    page: Mapping[str, Any],
    api: Mapping[str, Any],
    name: str,
) -> set[str]:
    nothing: Any = [] if isinstance(_field(takes(), name), ListField) else ""
    return {_posted(form, page, name, value) for value in (ABSENT, nothing)} | {
        _sent(takes, api, name, value) for value in (ABSENT, nothing, None)
    }


def _field(serializer: Any, name: str) -> Any:
    """Return a field of a serializer, or of the group that has it."""
    groups = [one for one in serializer.fields.values() if isinstance(one, GroupSerializer)]
    owner = next((one for one in groups if name in one.fields), serializer)
    return owner.fields[name]


def _posted(form: forms.BaseForm, page: Mapping[str, Any], name: str, value: Any) -> str:
    data = QueryDict(mutable=True)
    for key, given in _without(page, name, value).items():
        data.setlist(key, given if isinstance(given, list | tuple) else [given])
    form.data, form.is_bound = data, True
    form.full_clean()
    if name in form.errors:
        return "refused"
    return _told(form.taken() if isinstance(form, ActForm) else form.cleaned_data, name)


def _sent(takes: Any, api: Mapping[str, Any], name: str, value: Any) -> str:
    groups = {key: one for key, one in takes().fields.items() if isinstance(one, GroupSerializer)}
    group = next((key for key, one in groups.items() if name in one.fields), "")
    inner = {group: _without(api.get(group, {}), name, value)} if group else {}
    serializer = takes(data=dict(api) | inner if group else _without(api, name, value))
    serializer.is_valid()
    errors = serializer.errors
    if name in errors or name in errors.get(group, {}):
        return "refused"
    if errors:
        return "wrong elsewhere"
    taken = serializer.validated_data
    return _told(vars(taken) if is_dataclass(taken) else taken, name)


def _without(sent: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    rest = {key: given for key, given in sent.items() if key != name}
    return rest if value is ABSENT else rest | {name: value}


def _told(taken: Mapping[str, Any], name: str) -> str:
    groups = [one for one in taken.values() if is_dataclass(one) and hasattr(one, name)]
    value = taken[name] if name in taken else getattr(groups[0], name) if groups else None
    return "" if value is False or value in NOTHING else str(getattr(value, "value", value))


def _forms(contexts: Any) -> list[forms.BaseForm]:
    seen: dict[int, forms.BaseForm] = {}
    for context in contexts:
        for value in _each(context):
            several = getattr(value, "forms", ())
            for one in (value, *(several if isinstance(several, tuple | list) else ())):
                if isinstance(one, forms.BaseForm) and not isinstance(one, ManagementForm):
                    seen[id(one)] = one
    return list(seen.values())


def _each(context: Any) -> Iterator[Any]:
    for layer in getattr(context, "dicts", ()):
        yield from layer.values()


def _called(default: Any) -> Any:
    return default() if callable(default) else default


def _plain(value: Any) -> str:
    value = _called(value)
    if value in (None, "", False) or (hasattr(value, "__len__") and not len(value)):
        return ""
    return str(getattr(value, "value", value))


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(_called(value)))


def _values(choices: Any) -> frozenset[str]:
    found = set()
    for value, label in choices:
        inner = label.items() if isinstance(label, dict) else label
        found |= (
            {str(one) for one, _ in inner}
            if not isinstance(inner, str) and isinstance(inner, list | tuple)
            else {str(value)}
        )
    return frozenset(found - {""})
