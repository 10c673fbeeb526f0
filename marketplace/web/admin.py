"""An admin to look with; it writes only through actions that call acts.

It is open to whoever holds the administrator's role at this moment, and to nobody else: no flag
on a person outlives the role.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet, UUIDField
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.functional import Promise
from django.utils.text import camel_case_to_spaces, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, NotAllowed, Refusal
from marketplace.core.numbers import ids_of
from marketplace.web.pages import attempt, form_status
from marketplace.web.requests import actor
from marketplace.web.taking import taken_of

ADMINISTRATOR = "administrator"

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Model]
else:
    Base = admin.ModelAdmin


class Act(Protocol):
    """An act on one thing that needs nothing but its id."""

    def __call__(self, subject_id: UUID, /, *, by: Actor) -> object: ...


GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("People and organizations"), ("accounts", "mfa", "axes", "account", "auth")),
    (gettext_lazy("Data"), ("catalog", "preparation", "annotation", "vault", "review")),
    (gettext_lazy("Rights and value"), ("rights", "appraisal", "accounting")),
    (gettext_lazy("Market"), ("listings",)),
    (gettext_lazy("Orders and contracts"), ("orders", "delivery")),
    (gettext_lazy("Money"), ("books", "treasury")),
    (gettext_lazy("Proofs"), ("ledger", "credentials")),
)
"""Under what the front page has the tables of which apps; the others are the centre's operation."""
OPERATION = gettext_lazy("Running the centre")


class CentreAdminSite(admin.AdminSite):
    """The admin behind the centre's own sign-in, which asks for the second factor."""

    site_header = site_title = gettext_lazy("Administration of the centre")
    timeline: Callable[..., Sequence[Any]] | None = None
    """What happened to a subject, for an actor: the app that knows the names of people sets it."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Let administrators of the centre in."""
        return actor(request).has(ADMINISTRATOR)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send a visitor to the sign-in page, and refuse whoever is signed in without the role.

        Raises:
            NotAllowed: the signed-in person is no administrator.
        """
        if actor(request).is_signed_in:
            raise NotAllowed(_("The admin is open to administrators of the centre alone."))
        return redirect_to_login(request.GET.get("next", ""))

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Lay the tables of all apps out by what they are about; of one app, as it is."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        by_label = {app["app_label"]: app for app in apps}
        found = []
        for name, labels in GROUPS:
            own = [by_label.pop(label) for label in labels if label in by_label]
            found += _joined(name, own)
        return found + _joined(OPERATION, list(by_label.values()))

    def get_urls(self) -> list[Any]:
        """Add the page of rules to those of the rows."""
        return [path("rules/", self.admin_view(self.rules), name="rules"), *super().get_urls()]

    def rules(self, request: HttpRequest) -> HttpResponse:
        """Show by which rules the centre works at this moment."""
        context = self.each_context(request) | {
            "title": _("The centre's rules at this moment"),
            "rules": sorted(settings.CENTRE.items()),
        }
        return TemplateResponse(request, "admin/rules.html", context)


def _joined(name: str | Promise, apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not apps:
        return []
    models = sorted(
        (model for app in apps for model in app["models"]), key=lambda model: str(model["name"])
    )
    return [apps[0] | {"name": name, "models": models}]


@dataclass(frozen=True)
class Below:
    """Rows that belong to a row: what they are, how many, and their list."""

    name: str
    number: int
    url: str


def _reached(model: type[Model], names: Iterable[str]) -> Iterator[str]:
    """Yield the foreign keys among names, and those of which the names of their rows are made."""
    keys = {key.name: key for key in model._meta.get_fields() if isinstance(key, ForeignKey)}
    for name in names:
        if name == "__str__":
            yield from _reached(model, _words_of(model))
        elif name in keys:
            yield name
            reached = keys[name].related_model
            yield from (f"{name}__{more}" for more in _reached(reached, _words_of(reached)))


def _words_of(model: type[Model]) -> tuple[str, ...]:
    return model.__str__.__code__.co_names


class ReadOnlyAdmin(Base):
    """Shows rows and changes none: searched by their numbers, with ways down, up and to the site.

    `page` names the page of the site that shows the row, `subject` what the ledger calls it; both
    follow from the model's name unless they are said.
    """

    actions_on_bottom = False
    show_full_result_count = False
    change_form_template = "admin/row.html"
    object_history_template = "admin/row_history.html"
    search_help_text = gettext_lazy("Words, a number such as ORD-7K4Q9-M4PX2, or an id")
    page: ClassVar[str] = ""
    subject: ClassVar[str] = ""

    @property
    def _called(self) -> str:
        return camel_case_to_spaces(self.model.__name__).replace(" ", "_")

    def get_list_select_related(self, request: HttpRequest) -> tuple[str, ...]:
        """Read with a list what its columns name, and not all that can be reached from there."""
        declared = self.list_select_related
        shown = [name for name in self.list_display if isinstance(name, str)]
        return tuple(
            dict.fromkeys(
                (*_reached(self.model, shown), *(() if isinstance(declared, bool) else declared))
            )
        )

    def get_search_fields(self, request: HttpRequest) -> list[str] | tuple[str, ...]:
        """Have a field to search every list: without words there are numbers and ids."""
        return super().get_search_fields(request) or ("pk",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """Find rows by the number of their own or of what they belong to, by id, or by words."""
        for kind, column in self._numbered():
            ids = ids_of(kind, search_term)
            if ids is not None:
                found = queryset.filter(**{f"{column}__gte": ids[0], f"{column}__lte": ids[1]})
                return found, False
        if isinstance(self.opts.pk, UUIDField):
            try:
                return queryset.filter(pk=self.opts.pk.to_python(search_term.strip())), False
            except ValidationError:
                pass
        if search_term and not self.search_fields:
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def _numbered(self) -> Iterator[tuple[str, str]]:
        """Yield the kinds of numbers by which a row is found, with their columns."""
        if kind := getattr(self.model, "NUMBERED", ""):
            yield kind, "pk"
        for field in self.opts.get_fields():
            if isinstance(field, ForeignKey) and (
                kind := getattr(field.related_model, "NUMBERED", "")
            ):
                yield kind, field.attname

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        if obj is None:
            return None
        try:
            return reverse(self.page or f"{self._called}_detail", args=[obj.pk])
        except NoReverseMatch:
            return None

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a row, with the lists of what belongs to it."""
        row = self.get_object(request, object_id)
        below = [] if row is None else list(self._below(row, request))
        context = {**(extra_context or {}), "below": below}
        return super().change_view(request, object_id, form_url, context)

    def _below(self, row: Model, request: HttpRequest) -> Iterator[Below]:
        for relation in self.opts.related_objects:
            model = relation.related_model
            if relation.many_to_many or not isinstance(model, type):
                continue
            if not self.admin_site.is_registered(model):
                continue
            name = relation.field.name
            listed = self.admin_site.get_model_admin(model).get_queryset(request)
            number = listed.filter(**{name: row}).count()
            if number:
                opts = model._meta
                address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
                url = f"{address}?{name}__{self.opts.pk.name}__exact={row.pk}"
                yield Below(capfirst(str(opts.verbose_name_plural)), number, url)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what the ledger holds of a row: acts, and no edits of rows."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        timeline = CentreAdminSite.timeline
        context = self.admin_site.each_context(request) | {
            "title": _("What the ledger holds of this"),
            "opts": self.opts,
            "object": row,
            "rows": timeline(f"{self.subject or self._called}:{row.pk}", by=actor(request))
            if timeline
            else [],
        }
        return TemplateResponse(request, self.object_history_template, context)

    def act_on_form(
        self, request: HttpRequest, form: BaseForm, act: Callable[..., object]
    ) -> HttpResponse:
        """Show a form, and call an act with what was sent; what it refuses stands at the form."""
        if request.method == "POST" and form.is_valid():
            done = attempt(form, lambda: act(**taken_of(form), by=actor(request)))
            if done is not None:
                self.message_user(request, _("It is done, and an entry of the ledger."))
                opts = self.opts
                return redirect(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        context = self.admin_site.each_context(request) | {
            "title": capfirst(str(self.opts.verbose_name)),
            "opts": self.opts,
            "form": form,
        }
        status = form_status(form)
        return TemplateResponse(request, "admin/act_form.html", context, status=status)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Let administrators in; whoever else is signed in sees no admin at all."""
        return actor(request).has(ADMINISTRATOR)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show rows to administrators; actions call acts, which ask for the right."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: things come to be through acts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: things change through acts."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: nothing is deleted here."""
        return False

    def act_on_each(self, request: HttpRequest, rows: Iterable[Model], act: Act) -> None:
        """Call an act on each row as whoever is signed in, and say which were refused."""
        for row in rows:
            try:
                act(row.pk, by=actor(request))
            except Refusal as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.ERROR)
