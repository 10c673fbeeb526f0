"""Lists: what they can be narrowed by, on their page and in the API alike, and taken home as."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import Count, DateTimeField, Field, Model, Q, QuerySet
from django.forms import BoundField, DateInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError

from marketplace.core import Actor
from marketplace.core.numbers import ids_of
from marketplace.web.bounded import forms
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import csv_answer
from marketplace.web.tables import CentreTable, arranged

MOST_EXPORTED = 10_000
"""Rows of a list that a file for spreadsheets has."""
LONGEST_WORDS = 100


class Words(django_filters.CharFilter):
    """Words that must each occur in one of some columns, or the number of what rows are of."""

    def __init__(self, *columns: str, number: str = "", of: str = "pk") -> None:
        super().__init__(label=gettext_lazy("Words"), max_length=LONGEST_WORDS)
        self.columns, self.number, self.of = columns, number, of

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the rows that fit; "" fits all."""
        ids = ids_of(self.number, value) if self.number else None
        if ids is not None:
            return qs.filter(**{f"{self.of}__gte": ids[0], f"{self.of}__lte": ids[1]})
        for word in value.split():
            found = Q()
            for column in self.columns:
                found |= Q(**{f"{column}__icontains": word})
            qs = qs.filter(found)
        return qs


class Facet(django_filters.ChoiceFilter):
    """One of the values of a column; its page says how many rows have each."""

    def __init__(
        self, label: str | Promise, choices: Iterable[tuple[Any, Any]], *, of: str | None = None
    ) -> None:
        super().__init__(
            field_name=of, label=label, choices=list(choices), empty_label=gettext_lazy("All")
        )

    @classmethod
    def of(cls, model: type[Model], column: str) -> Facet:
        """Return the facet of a column that has choices, under the column's own name."""
        field: Field[Any, Any] = model._meta.get_field(column)  # type: ignore[assignment]
        return cls(capfirst(field.verbose_name), field.flatchoices, of=column)


class Day(django_filters.DateFilter):
    """The first or the last day of what is asked for."""

    field_class = forms.DateField

    def __init__(self, label: str | Promise, column: str, side: str) -> None:
        super().__init__(field_name=column, label=label, widget=DateInput(attrs={"type": "date"}))
        self.side = side

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Keep the rows of these days, by the clock of the centre."""
        if value is None:
            return qs
        is_moment = isinstance(qs.model._meta.get_field(self.field_name), DateTimeField)
        lookup = f"{self.field_name}__date" if is_moment else self.field_name
        return qs.filter(**{f"{lookup}__{self.side}": value})


class ListFilters(django_filters.FilterSet):
    """What a list can be narrowed by. Its page shows the first two fields, and folds the others."""

    SHOWN_AT_ONCE: ClassVar[int] = 2

    @cached_property
    def fields(self) -> list[BoundField]:
        """Return the fields, the choices of a column with how many rows have each.

        Counted is what the other fields leave. What no row has is not offered, unless it is chosen.
        """
        self.form.is_valid()
        for name, one in self.filters.items():
            if isinstance(one, Facet):
                self._count(name, one)
        return [self.form[name] for name in self.filters]

    @property
    def first_fields(self) -> list[BoundField]:
        """Return what is seen at once."""
        return self.fields[: self.SHOWN_AT_ONCE]

    @property
    def more_fields(self) -> list[BoundField]:
        """Return what is folded away until one of them is used."""
        return self.fields[self.SHOWN_AT_ONCE :]

    @property
    def is_open(self) -> bool:
        """Return whether one of the folded fields is used."""
        return any(field.value() for field in self.more_fields)

    @property
    def is_narrowed(self) -> bool:
        """Return whether anything is asked for."""
        return any(self.data.get(name) for name in self.filters)

    def asked(self) -> QuerySet[Any]:
        """Return the rows that a program asks for.

        Raises:
            ValidationError: a value of the address is none of its parameter.
        """
        if not self.form.is_valid():
            raise ValidationError({name: list(said) for name, said in self.form.errors.items()})
        rows: QuerySet[Any] = self.qs
        return rows

    @classmethod
    def parameters(cls) -> list[OpenApiParameter]:
        """Return what the description of the API says of them."""
        return [_parameter(name, one) for name, one in cls.base_filters.items()]

    def _count(self, name: str, facet: Facet) -> None:
        rows = self.queryset.all()
        for other, value in self.form.cleaned_data.items():
            if other != name:
                rows = self.filters[other].filter(rows, value)
        counted = dict(rows.order_by().values_list(facet.field_name).annotate(Count("pk")))
        field, chosen = self.form.fields[name], self.form[name].value()
        field.choices = [
            (value, f"{label} ({counted.get(value, 0):,})" if value else label)
            for value, label in field.choices
            if not value or value in counted or value == chosen
        ]


def list_page(
    request: HttpRequest,
    template: str,
    table: type[CentreTable],
    rows: QuerySet[Any],
    *,
    filters: type[ListFilters],
    context: Mapping[str, Any] | None = None,
    exclude: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Show a list with its filters, or give it as a file for spreadsheets (`?as=csv`)."""
    chosen = filters(request.GET, queryset=rows)
    if request.GET.get("as") == "csv":
        whole = table(chosen.qs[:MOST_EXPORTED], exclude=exclude, orderable=False)
        assert request.resolver_match is not None, "A page has an address."
        return csv_answer(
            f"{request.resolver_match.url_name}.csv",
            whole.as_values(exclude_columns=_not_exported(whole)),
        )
    shown = arranged(request, table(chosen.qs, exclude=exclude))
    if chosen.is_narrowed:
        # What a list without rows says is about all of it.
        shown.empty_text = _("Nothing fits. Use fewer words, or show everything.")
    told = {
        "table": shown,
        "filters": chosen,
        "count": shown.paginator.count,
        "most_exported": MOST_EXPORTED,
        "is_empty": not chosen.is_narrowed and shown.paginator.count == 0,
    }
    return render(request, template, told | dict(context or {}), status=status)


def _not_exported(table: CentreTable) -> list[str]:
    return [column.name for column in table.columns if column.column.exclude_from_export]


def list_of(
    address: str,
    of: Callable[[Actor], QuerySet[Any]],
    table: type[CentreTable],
    template: str,
    *,
    name: str,
    filters: type[ListFilters],
) -> URLPattern:
    """Return the address that lists what whoever is signed in may see, as `of` selects it."""

    def page(request: HttpRequest) -> HttpResponse:
        return list_page(request, template, table, of(actor(request)), filters=filters)

    return path(address, signed_in(page), name=name)


def _parameter(name: str, one: django_filters.Filter) -> OpenApiParameter:
    if isinstance(one, Day):
        said = gettext_lazy("A day, as 2026-11-29.")
        return OpenApiParameter(name, OpenApiTypes.DATE, description=said)
    if isinstance(one, Facet):
        values = [value for value, _label in one.extra["choices"]]
        return OpenApiParameter(name, str, enum=values, description=one.label)
    return OpenApiParameter(name, str, description=one.label)
