"""What an address of the API reads of its query: declared once, described, and nothing else."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer, Serializer
from rest_framework.views import APIView

from marketplace.web.bounded import forms
from marketplace.web.errors import Problem

LONGEST_NAME = 100
"""How much of an unknown name a refusal tells."""

Declared = OpenApiParameter | type[Serializer[Any]] | type[forms.Form]
"""A parameter, or a serializer or form whose fields are the parameters."""

TYPES = {
    forms.IntegerField: OpenApiTypes.INT,
    forms.DecimalField: OpenApiTypes.DECIMAL,
    forms.DateField: OpenApiTypes.DATE,
}


class DeclaredView(APIView):
    """A view of the API that reads the parameters that it declares, and refuses any other.

    A misspelt filter would otherwise answer everything.
    """

    reads: ClassVar[Sequence[Declared]] = ()
    """What it reads of the query, and what of the headers its description should name."""
    refuses_unknown: ClassVar[bool] = True
    """False where a protocol says what is asked, whose clients may send what the centre ignores."""

    @classmethod
    def declared(cls) -> tuple[Declared, ...]:
        """Return all that its description names."""
        return tuple(cls.reads)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the parameters of its query."""
        return names_of(cls.declared())

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let nobody in who may not, and nothing that is not read.

        Raises:
            Problem: the query has a parameter that is not declared (400, `unknown-parameter`).
        """
        super().initial(request, *args, **kwargs)
        if self.refuses_unknown:
            refuse_unknown(request, self.names())


def refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """Refuse parameters of the address that would be read by nobody.

    Raises:
        Problem: there are such (400, `unknown-parameter`); it names the nearest one that there is.
    """
    known = sorted(known)
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        raise Problem(400, "unknown-parameter", _advice(unknown[0][:LONGEST_NAME], known))


def _advice(name: str, known: list[str]) -> str:
    told = {"name": name, "known": ", ".join(known)}
    near = get_close_matches(name, known, n=1)
    if near:
        told["near"] = near[0]
        return (
            _("There is no parameter %(name)s here. Did you mean %(near)s? There are: %(known)s.")
            % told
        )
    if known:
        return _("There is no parameter %(name)s here. There are: %(known)s.") % told
    return _("There is no parameter %(name)s here. This address takes none.") % told


def names_of(declared: Iterable[Declared]) -> tuple[str, ...]:
    """Return the names of what is read of a query."""
    found: list[str] = []
    for one in declared:
        if isinstance(one, OpenApiParameter):
            found += [one.name] if one.location == OpenApiParameter.QUERY else []
        elif issubclass(one, BaseSerializer):
            found += one().fields
        else:
            found += one.base_fields
    return tuple(found)


def described(declared: Iterable[Declared]) -> list[OpenApiParameter | type[Serializer[Any]]]:
    """Return what the description of the API says of what is read."""
    found: list[OpenApiParameter | type[Serializer[Any]]] = []
    for one in declared:
        if isinstance(one, OpenApiParameter) or issubclass(one, BaseSerializer):
            found.append(one)
        else:
            found += [of_field(name, field) for name, field in one.base_fields.items()]
    return found


def of_field(name: str, field: forms.Field) -> OpenApiParameter:
    """Return the parameter that the field of a form reads."""
    about = field.label or ""
    if isinstance(field, forms.ChoiceField):
        choices = field.widget.choices  # As they are, where the field has a function of them.
        values = [str(value) for value, _label in choices if value != ""]
        return OpenApiParameter(name, str, enum=values or None, description=about)
    kind = next((TYPES[one] for one in type(field).__mro__ if one in TYPES), OpenApiTypes.STR)
    return OpenApiParameter(name, kind, description=about)


def refuse_wrong(form: forms.Form) -> None:
    """Refuse values that a form of parameters does not read.

    Raises:
        ValidationError: there are such.
    """
    if not form.is_valid():
        raise ValidationError(
            {name: [str(one) for one in told] for name, told in form.errors.items()}
        )
