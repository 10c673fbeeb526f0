"""Forms and serializers of what acts take, made from what `marketplace.core.arguments` reads.

Both doors treat what is absent and what is empty alike: the default holds, or the field is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType, new_class
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django.forms import BaseForm
from rest_framework.utils.html import is_html_input

from marketplace.core.arguments import (
    Argument,
    Choice,
    Column,
    Columns,
    Day,
    Decision,
    Email,
    Flag,
    Group,
    Key,
    Keys,
    Kind,
    Moment,
    Names,
    Number,
    Places,
    Reason,
    RequestKey,
    Several,
    Taker,
    Text,
    Upload,
    Whole,
    argument_of,
    arguments_of,
)
from marketplace.web.bounded import forms, serializers

EMPTY: tuple[Any, ...] = (None, "", (), [])
A_FILE = "A file, as one part of a multipart request."


class LinesField(forms.CharField):
    """Lines, whose ends a browser sends as two characters and counts as one."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class NamesField(forms.CharField):
    """Names with commas between them, or one in each line."""

    def __init__(self, kind: Names, **shared: Any) -> None:
        self.kind = kind
        self.between = "\n" if kind.lines > 1 else ","
        if kind.lines > 1:
            shared["widget"] = forms.Textarea(attrs={"rows": kind.lines})
        super().__init__(**shared)
        self.max_length = kind.most or None

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        said = value.split(self.between) if isinstance(value, str) else value or ()
        return tuple(name for name in (part.strip() for part in said) if name)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if sentence := self.kind.refused(value):
            raise forms.ValidationError(sentence, code="invalid")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return ", ".join(value) if self.between == "," else "\n".join(value)


class SeveralField(forms.TypedMultipleChoiceField):
    """What is ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, kind: Several | Keys | Places | Columns, **shared: Any) -> None:
        self.kind = kind
        super().__init__(**shared)
        self.max_length = getattr(kind, "most", 0) or None

    def clean(self, value: Any) -> tuple[Any, ...]:
        chosen = tuple(super().clean(value))
        if sentence := self.kind.refused(chosen):
            raise forms.ValidationError(sentence, code="invalid")
        return chosen


class KeysField(SeveralField):
    """Keys of rows that are ticked. Where a page lists the rows by itself, the act says which."""

    def valid_value(self, value: Any) -> bool:
        return not self.choices or super().valid_value(value)


class TupleField(serializers.ListField):
    """Values in a list."""

    def to_internal_value(self, data: Any) -> tuple[Any, ...]:  # type: ignore[override]
        return tuple(super().to_internal_value(data))


def _text_field(kind: Text, **shared: Any) -> forms.Field:
    if kind.lines > 1:
        shared["widget"] = forms.Textarea(attrs={"rows": kind.lines})
    elif kind.is_secret:
        shared["widget"] = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    elif kind.is_hidden:
        shared["widget"] = forms.HiddenInput()
    made = LinesField if kind.lines > 1 else forms.CharField
    return made(max_length=kind.longest or None, strip=kind.is_stripped, **shared)


def _email_field(kind: Email, **shared: Any) -> forms.Field:
    return forms.EmailField(max_length=kind.longest, **shared)


def _request_key_field(kind: RequestKey, **shared: Any) -> forms.Field:
    shared |= {"widget": forms.HiddenInput, "initial": lambda: str(uuid4())}
    return forms.CharField(max_length=kind.longest, **shared)


def _flag_field(kind: Flag, **shared: Any) -> forms.Field:
    return forms.BooleanField(**shared | {"required": False})


def _decision_field(kind: Decision, **shared: Any) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("yes", kind.yes), ("no", kind.no)],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        **shared,
    )


def _whole_field(kind: Whole, **shared: Any) -> forms.Field:
    return forms.IntegerField(min_value=kind.least, max_value=kind.most, **shared)


def _number_field(kind: Number, **shared: Any) -> forms.Field:
    shared |= {"min_value": kind.least, "max_value": kind.most}
    return forms.DecimalField(max_digits=kind.digits, decimal_places=kind.places, **shared)


def _choice_field(kind: Choice, **shared: Any) -> forms.Field:
    choices = _offered(kind)
    if kind.nothing:
        choices = [("", kind.nothing), *choices]
    if kind.is_laid_out:
        shared["widget"] = forms.RadioSelect
    return forms.ChoiceField(choices=choices, **shared)


def _several_field(kind: Several, **shared: Any) -> forms.Field:
    return SeveralField(kind, choices=_offered(kind), **shared)


def _moment_field(kind: Moment, **shared: Any) -> forms.Field:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, **shared)


def _day_field(kind: Day, **shared: Any) -> forms.Field:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **shared)


def _key_field(kind: Key, **shared: Any) -> forms.Field:
    return forms.TypedChoiceField(coerce=UUID, empty_value=None, **shared)


def _keys_field(kind: Keys, **shared: Any) -> forms.Field:
    return KeysField(kind, coerce=UUID, **shared)


def _places_field(kind: Places, **shared: Any) -> forms.Field:
    return SeveralField(kind, coerce=int, **shared)


def _column_field(kind: Column, **shared: Any) -> forms.Field:
    return forms.ChoiceField(**shared)


def _columns_field(kind: Columns, **shared: Any) -> forms.Field:
    return SeveralField(kind, **shared)


def _names_field(kind: Names, **shared: Any) -> forms.Field:
    return NamesField(kind, **shared)


def _upload_field(kind: Upload, **shared: Any) -> forms.Field:
    return forms.FileField(allow_empty_file=True, **shared)


def _text_in(kind: Text, **shared: Any) -> Any:
    return serializers.CharField(
        max_length=kind.longest or None,
        trim_whitespace=kind.is_stripped,
        allow_blank="default" in shared,
        **shared | ({"write_only": True} if kind.is_secret else {}),
    )


def _email_in(kind: Email, **shared: Any) -> Any:
    return serializers.EmailField(
        max_length=kind.longest, allow_blank="default" in shared, **shared
    )


def _flag_in(kind: Flag | Decision, **shared: Any) -> Any:
    return serializers.BooleanField(**shared)


def _whole_in(kind: Whole, **shared: Any) -> Any:
    return serializers.IntegerField(min_value=kind.least, max_value=kind.most, **shared)


def _number_in(kind: Number, **shared: Any) -> Any:
    shared |= {"min_value": kind.least, "max_value": kind.most}
    return serializers.DecimalField(max_digits=kind.digits, decimal_places=kind.places, **shared)


def _choice_in(kind: Choice, **shared: Any) -> Any:
    may_be_empty = shared.get("default") == ""
    return serializers.ChoiceField(choices=_offered(kind), allow_blank=may_be_empty, **shared)


def _several_in(kind: Several, **shared: Any) -> Any:
    return _list_in(serializers.ChoiceField(choices=_offered(kind)), **shared)


def _moment_in(kind: Moment, **shared: Any) -> Any:
    return serializers.DateTimeField(**shared)


def _day_in(kind: Day, **shared: Any) -> Any:
    return serializers.DateField(**shared)


def _key_in(kind: Key, **shared: Any) -> Any:
    return serializers.UUIDField(**shared)


def _keys_in(kind: Keys, **shared: Any) -> Any:
    return _list_in(serializers.UUIDField(), max_length=kind.most or None, **shared)


def _places_in(kind: Places, **shared: Any) -> Any:
    return _list_in(serializers.IntegerField(min_value=1), **shared)


def _column_in(kind: Column, **shared: Any) -> Any:
    may_be_empty = shared.get("default") == ""
    return serializers.CharField(
        max_length=kind.longest, trim_whitespace=False, allow_blank=may_be_empty, **shared
    )


def _columns_in(kind: Columns, **shared: Any) -> Any:
    child = serializers.CharField(trim_whitespace=False, max_length=kind.longest)
    return _list_in(child, max_length=kind.most or None, **shared)


def _names_in(kind: Names, **shared: Any) -> Any:
    child = serializers.CharField(trim_whitespace=False, max_length=kind.longest or None)
    return _list_in(child, max_length=kind.most or None, **shared)


def _upload_in(kind: Upload, **shared: Any) -> Any:
    return serializers.FileField(allow_empty_file=True, **shared)


def _list_in(child: Any, **shared: Any) -> Any:
    """Make the field of a list, which may be empty only where it may be left out."""
    is_optional = "default" in shared
    if is_optional:
        shared["default"] = lambda given=tuple(shared["default"]): given
    least = None if is_optional else 1
    return TupleField(child=child, allow_empty=is_optional, min_length=least, **shared)


FIELDS: dict[type[Kind], tuple[Callable[..., Any], Callable[..., Any]]] = {
    Text: (_text_field, _text_in),
    Email: (_email_field, _email_in),
    RequestKey: (_request_key_field, _text_in),
    Flag: (_flag_field, _flag_in),
    Decision: (_decision_field, _flag_in),
    Whole: (_whole_field, _whole_in),
    Number: (_number_field, _number_in),
    Choice: (_choice_field, _choice_in),
    Several: (_several_field, _several_in),
    Day: (_day_field, _day_in),
    Moment: (_moment_field, _moment_in),
    Key: (_key_field, _key_in),
    Keys: (_keys_field, _keys_in),
    Places: (_places_field, _places_in),
    Column: (_column_field, _column_in),
    Columns: (_columns_field, _columns_in),
    Names: (_names_field, _names_in),
    Upload: (_upload_field, _upload_in),
}
"""What makes the field of a form and that of a serializer, by kind, or by the kind it is one of."""


def _made_by(kind: Kind) -> tuple[Callable[..., Any], Callable[..., Any]]:
    return next(FIELDS[one] for one in type(kind).__mro__ if one in FIELDS)


def _offered(kind: Choice | Several) -> Any:
    choices = getattr(kind.choices, "choices", kind.choices)
    return choices() if callable(choices) else choices


def form_field(one: Argument) -> forms.Field:
    """Make the field of a form."""
    begins = one.given() if one.given else None
    field: forms.Field = _made_by(one.kind)[0](
        one.kind,
        label=one.kind.label,
        help_text=one.kind.help,
        required=one.is_required,
        initial=None if begins in EMPTY else begins,
    )
    return field


def serializer_field(one: Argument) -> Any:
    """Make the field of a serializer."""
    shared: dict[str, Any] = {"help_text": one.kind.told} if one.kind.told else {}
    if isinstance(one.kind, Group):
        if one.given:
            # As on a page, where a group that nobody fills in is made of its fields' defaults.
            is_none = one.given() is None
            shared |= {"default": None, "allow_null": True} if is_none else {"default": one.kind.of}
        return _serializer_of_group(one.kind)(**shared)
    if one.given:
        shared["default"] = one.given()
        shared |= {"allow_null": True} if shared["default"] is None else {}
    return _made_by(one.kind)[1](one.kind, **shared)


def _flat(taker: Taker) -> Iterator[Argument]:
    """Yield what a page takes: the fields of a group stand among the others."""
    for one in arguments_of(taker):
        yield from _flat(one.kind.of) if isinstance(one.kind, Group) else (one,)


class ActForm(forms.Form):
    """The form of what an act takes; fields that a subclass declares stand in place of made ones.

    `takes` is the act, or a dataclass that it takes, in a `staticmethod`. `offered` has the choices
    of fields that offer a thing fewer than an act knows, and `without` the fields that it lacks.
    """

    takes: ClassVar[Taker]

    def __init__(
        self,
        *args: Any,
        offered: Mapping[str, Iterable[Any]] = MappingProxyType({}),
        without: Collection[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.offered = frozenset(offered)
        self.fields = self.form_fields() | self.fields
        for name, choices in offered.items():
            cast(Any, self.fields[name]).choices = list(choices)
        for name in without:
            del self.fields[name]
        self.order_fields(self.field_order or ())

    @classmethod
    def form_fields(cls) -> dict[str, forms.Field]:
        """Make the fields of what is taken, but for those that the class declares itself."""
        own = cls.base_fields
        return {one.name: form_field(one) for one in _flat(cls.takes) if one.name not in own}

    def taken(self) -> dict[str, Any]:
        """Return what was entered as the act takes it."""
        return values_taken(self.takes, self.cleaned_data)


def values_taken(taker: Taker, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a valid form was sent as an act or a dataclass takes it."""
    found = {}
    for one in arguments_of(taker):
        if isinstance(one.kind, Group):
            found[one.name] = one.kind.of(**values_taken(one.kind.of, sent))
        else:
            value = sent.get(one.name)
            found[one.name] = one.given() if one.given and value in EMPTY else value
    return found


def taken_of(form: BaseForm) -> dict[str, Any]:
    """Return what was entered by the names of what the act takes."""
    return form.taken() if isinstance(form, ActForm) else form.cleaned_data


@cache
def form_of(act: Taker) -> type[ActForm]:
    """Return the form of what an act takes."""
    return cast(type[ActForm], _subclass(ActForm, "FormOfAct", takes=staticmethod(act)))


class Nothing(serializers.Serializer[Any]):
    """An act that needs nothing but the thing it changes."""


class ActSerializer(serializers.Serializer[Any]):
    """The serializer of what an act takes, beside the fields that a subclass declares.

    `takes` is the act, or a dataclass that it takes, in a `staticmethod`; a class makes one of it.
    """

    takes: ClassVar[Taker]

    def get_fields(self) -> dict[str, Any]:
        """Make the fields."""
        own = super().get_fields()
        made = (one for one in arguments_of(self.takes) if one.name not in own)
        return {one.name: serializer_field(one) for one in made} | own

    def to_internal_value(self, data: Any) -> Any:
        """Read the fields; what is null or empty is absent where there is a default."""
        if isinstance(data, Mapping) and not is_html_input(data):
            optional = {name for name, field in self.fields.items() if not field.required}
            data = {
                name: value
                for name, value in data.items()
                if name not in optional or value not in EMPTY
            }
        return super().to_internal_value(data)


class GroupSerializer(ActSerializer):
    """The serializer of a group, which reads it as its dataclass."""

    def to_internal_value(self, data: Any) -> Any:
        """Read the fields."""
        return self.takes(**super().to_internal_value(data))


@cache
def serializer_of(
    taker: Taker, *, name: str = "", about: str = ""
) -> type[serializers.Serializer[Any]]:
    """Return the serializer of what an act takes, or of a group.

    `name` is what it is called in the description of the API, where `about` says what it is. Acts
    that take a reason alone share one of the same length.
    """
    takes = arguments_of(taker)
    if not takes:
        return Nothing
    kind = takes[0].kind
    if not name and len(takes) == 1 and isinstance(kind, Reason):
        return _serializer_of_reason(kind.longest)
    base = GroupSerializer if isinstance(taker, type) else ActSerializer
    called = name or "".join(map(str.capitalize, f"{taker.__name__}_in".split("_")))
    made = _subclass(base, called, takes=staticmethod(taker), __doc__=about)
    return cast(type[serializers.Serializer[Any]], made)


REASONS = {500: "ReasonIn", 1000: "LongReasonIn", 2000: "LongestReasonIn"}
"""What a reason is called by its length."""


@cache
def _serializer_of_reason(longest: int) -> type[serializers.Serializer[Any]]:
    field = serializers.CharField(max_length=longest)
    name = REASONS[longest]
    made = _subclass(serializers.Serializer, name, reason=field, __doc__="A reason that is kept.")
    return cast(type[serializers.Serializer[Any]], made)


def _subclass(base: type, name: str, **own: Any) -> type:
    return new_class(name, (base,), exec_body=lambda body: body.update(own))


def group_of(taker: Taker, name: str) -> type[serializers.Serializer[Any]]:
    """Return the serializer of a group that an act takes."""
    kind = argument_of(taker, name).kind
    assert isinstance(kind, Group), "Only a group is an object."
    return _serializer_of_group(kind)


def _serializer_of_group(kind: Group) -> type[serializers.Serializer[Any]]:
    return serializer_of(kind.of, name=kind.name, about=kind.about)
