from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from desensitize.privacy import Hierarchy, write_hierarchy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid, allowed
from marketplace.core.versions import version_of
from marketplace.preparation.column.code_levels import Rows, levels_by_codes
from marketplace.preparation.column.forms import HierarchyForm
from marketplace.preparation.column.inheritance import inherited_of
from marketplace.preparation.column.models import ColumnFinding, ColumnHierarchy
from marketplace.preparation.column.rules import check_decides_now, check_inherit_hierarchies
from marketplace.preparation.column.selectors import (
    codes_of_column,
    earlier_hierarchy,
    finding_at,
    hierarchy_of,
    labels_of,
)
from marketplace.preparation.column.services import (
    clear_hierarchy,
    inherit_hierarchies,
    set_hierarchy,
)
from marketplace.preparation.version.forms import LookForm
from marketplace.preparation.version.rules import (
    check_decides,
    check_has_raw,
    check_open_look,
    look_needed,
)
from marketplace.preparation.version.selectors import look_in_force, source_visible_to
from marketplace.preparation.version.services import open_look
from marketplace.preparation.version.values import ColumnValues, column_values
from marketplace.preparation.version.views import asks_for_reason
from marketplace.web.pages import attempt, form_status, signed_in, unless_changed
from marketplace.web.requests import actor

# A hierarchy as a page shows it: how many labels each level has, and what lacks.

FIRST_LABELS = 6
MOST_ROWS_TO_EDIT = 2_000


@dataclass(frozen=True)
class Level:
    """A level: its number from 0 on, how many different labels it has, and some of them."""

    number: int
    labels: int
    examples: tuple[str, ...]
    has_more: bool


@dataclass(frozen=True)
class HierarchyInUse:
    """The hierarchy of a column: the one that was set, else the one made from its values.

    `earlier` is that of an earlier version where this one has none of its own; `shows_earlier`
    tells that the rows are its. `by_codes` are the levels that the column's code list gives, which
    are shown where `shows_codes`.
    """

    column: str
    rows: tuple[tuple[str, ...], ...]
    kept: ColumnHierarchy | None
    values: ColumnValues
    earlier: ColumnHierarchy | None = None
    shows_earlier: bool = False
    by_codes: Rows | None = None
    shows_codes: bool = False

    @property
    def is_editable(self) -> bool:
        """Return whether it is short enough for a field on a page."""
        return len(self.rows) <= MOST_ROWS_TO_EDIT

    def unnamed(self, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Return the values of the column that some rows do not name."""
        named = {row[0] for row in rows}
        return tuple(value for value in self.values.values if value not in named)


def hierarchy_in_use(
    version: DatasetVersion, finding: ColumnFinding, *, earlier: bool = False, codes: bool = False
) -> HierarchyInUse:
    """Read the hierarchy of a column and its values. The actor may see the source.

    `earlier` asks for the rows of an earlier version to start from, `codes` for those that the
    column's code list gives.

    Raises:
        Invalid: the column has too many different values for a hierarchy.
        WrongState: the file was removed or is damaged.
    """
    kept, values = hierarchy_of(version, finding.name), column_values(version, finding.name)
    before = earlier_hierarchy(version, finding.name) if kept is None else None
    shown = kept or (before if earlier else None)
    rows = Hierarchy.checked(finding.name, shown.rows).rows if shown else values.hierarchy().rows
    shows_earlier = before is not None and shown is before
    by_codes = levels_by_codes(values.values, codes_of_column(version, finding.name))
    shows_codes = codes and by_codes is not None
    if shows_codes and by_codes is not None:
        rows, shows_earlier = Hierarchy.checked(finding.name, by_codes).rows, False
    return HierarchyInUse(
        finding.name, rows, kept, values, before, shows_earlier, by_codes, shows_codes
    )


def levels_of(rows: Sequence[Sequence[str]]) -> list[Level]:
    """Count the different labels of each level, in the order of the rows."""
    return [
        _level(number, dict.fromkeys(labels))
        for number, labels in enumerate(zip(*rows, strict=True))
    ]


def _level(number: int, labels: dict[str, None]) -> Level:
    some = tuple(labels)[:FIRST_LABELS]
    return Level(number, len(labels), some, len(labels) > len(some))


# Pages of what the values of a column become, level by level.

EXAMPLES = 5
HERE = "preparation/partials/levels_here.html"


@signed_in
def hierarchy_edit(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Show the levels of a column, and let an officer change them; `preview` changes nothing.

    The values of the column are shown once it was said why. `here` asks for the editor alone, for
    the row of the column among the others.
    """
    by = actor(request)
    version, finding = _column(by, pk, position)
    here = "here" in (request.POST if request.method == "POST" else request.GET)
    is_open = look_in_force(version, column=finding.name, by=by) is not None
    if here and not is_open:
        return _look_here(request, version, finding)
    if not is_open and request.method != "POST":
        check_has_raw(version)
        return asks_for_reason(request, version, column=finding.name)
    try:
        in_use = hierarchy_in_use(
            version, finding, earlier="earlier" in request.GET, codes="codes" in request.GET
        )
    except Invalid as refusal:
        if here:
            return _here(request, version, finding, refusal=refusal)
        return _without_levels(request, pk, refusal)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    text = write_hierarchy(in_use.rows) if in_use.is_editable else ""
    form = HierarchyForm(*sent, column=finding.name, initial={"rows": text})
    previews = "preview" in request.POST
    saves = form.is_bound and form.is_valid() and not previews
    if saves and _saved(request, version, finding, form) is not None:
        if here:
            return _here(request, version, finding, saved=True)
        messages.success(request, _("The hierarchy is saved. The next policy uses it."))
        return redirect("hierarchy_edit", pk=pk, position=position)
    if not is_open:
        raise look_needed()
    rows = form.read if form.is_bound and form.is_valid() else in_use.rows
    piece, unnamed = previews and getattr(request, "htmx", False), in_use.unnamed(rows)
    shown = {
        "in_use": in_use,
        "acts": allowed({"set_hierarchy": check_decides_now}, version, by),
        "form": form,
        "levels": levels_of(rows),
        "unnamed": unnamed,
        "some_unnamed": unnamed[:EXAMPLES],
        "previews": previews and not form.errors,
        "seen_version": version_of(version),
        "is_piece": piece,
    }
    if here:
        return _here(request, version, finding, **shown)
    context = {
        "version": version,
        "dataset": version.dataset,
        "finding": finding,
        "label": labels_of(version).get(finding.name, ""),
        **shown,
    }
    template = "partials/levels.html" if piece else "hierarchy.html"
    status = 200 if piece else form_status(form)
    return render(request, f"preparation/{template}", context, status=status)


def _saved(
    request: HttpRequest, version: DatasetVersion, finding: ColumnFinding, form: HierarchyForm
) -> ColumnHierarchy | None:
    """Save what was typed or sent, unless somebody else has saved since the form was opened."""
    by = actor(request)
    return attempt(
        form,
        unless_changed(
            request,
            version,
            lambda: set_hierarchy(version.pk, column=finding.name, rows=form.read, by=by),
        ),
    )


def _here(
    request: HttpRequest, version: DatasetVersion, finding: ColumnFinding, **shown: Any
) -> HttpResponse:
    """Return what stands in the row of a column; mistakes are told there too."""
    return render(request, HERE, {"version": version, "finding": finding, **shown})


def _look_here(
    request: HttpRequest, version: DatasetVersion, finding: ColumnFinding
) -> HttpResponse:
    """Ask why somebody looks at the values of a column, in its row, and go on to its levels."""
    check_open_look(version, actor(request))
    sent = request.POST if "levels-reason" in request.POST else None
    form = LookForm(sent, prefix="levels", initial={"column": finding.name})
    if form.is_valid():
        told = form.taken() | {"column": finding.name}
        by = actor(request)
        if attempt(form, lambda: open_look(version.pk, **told, by=by)) is not None:
            address = reverse("hierarchy_edit", args=[version.pk, finding.position])
            return redirect(f"{address}?here=1")
    return _here(request, version, finding, look=form)


@require_POST
@signed_in
def hierarchy_clear(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Let the hierarchy be made from the values again."""
    by = actor(request)
    _version, finding = _column(by, pk, position)
    clear_hierarchy(pk, column=finding.name, by=by)
    messages.success(request, _("The hierarchy is made from the values again."))
    return redirect("hierarchy_edit", pk=pk, position=position)


@signed_in
def hierarchies_inherit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the hierarchies of earlier versions, and let an officer take over those that fit."""
    by = actor(request)
    version = source_visible_to(by, pk)
    check_decides(version, by)
    if request.method == "POST":
        taken = [one for one in inherit_hierarchies(pk, by=by) if one.covers]
        messages.success(
            request,
            ngettext(
                "%(count)d hierarchy was taken over. The next policy uses it.",
                "%(count)d hierarchies were taken over. The next policy uses them.",
                len(taken),
            )
            % {"count": len(taken)},
        )
        return redirect("policy_confirm", pk=pk)
    check_has_raw(version)
    inherited = inherited_of(version)
    context = {
        "version": version,
        "dataset": version.dataset,
        "inherited": inherited,
        "fits": any(one.covers for one in inherited),
        "acts": allowed({"inherit_hierarchies": check_inherit_hierarchies}, version, by),
    }
    return render(request, "preparation/inherited.html", context)


@signed_in
def hierarchy_download(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Give the hierarchy as a file in ARX's form, once it was said why."""
    by = actor(request)
    version, finding = _column(by, pk, position)
    if look_in_force(version, column=finding.name, by=by) is None:
        check_has_raw(version)
        return asks_for_reason(request, version, column=finding.name)
    try:
        text = write_hierarchy(hierarchy_in_use(version, finding).rows)
    except Invalid as refusal:
        return _without_levels(request, pk, refusal)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"version-{version.number}_hierarchy_{finding.position}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _without_levels(request: HttpRequest, pk: UUID, refusal: Invalid) -> HttpResponse:
    # The policy leads to each column's levels without reading its values, which may be too many.
    if request.method == "POST":
        raise refusal
    messages.warning(request, refusal.sentence)
    return redirect("policy_confirm", pk=pk)


def _column(by: Actor, pk: UUID, position: int) -> tuple[DatasetVersion, ColumnFinding]:
    version = source_visible_to(by, pk)
    check_decides(version, by)
    return version, finding_at(version, position)
