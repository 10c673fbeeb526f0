"""The pages that span apps: front page, a person's desk, the guided path, the review queue."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.organization.selectors import own_organization
from marketplace.accounts.roles import Role
from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import NotAllowed, NotFound, visible
from marketplace.desk import policies
from marketplace.desk.forms import MEASURES, HelpForm, RegionForm
from marketplace.desk.region_pictures import month_text, pictures_of
from marketplace.desk.region_table import table_rows
from marketplace.desk.selectors.cases import queue_of
from marketplace.desk.selectors.front import front_figures
from marketplace.desk.selectors.needs import needs_of
from marketplace.desk.selectors.path import paths_of
from marketplace.desk.selectors.regions import figures_of_regions, regions_open_to
from marketplace.desk.selectors.waiting import own_paths, tasks_of
from marketplace.notices.selectors import notices_in_order, own_failure, unread_count
from marketplace.notices.texts import worded
from marketplace.rights.due.presentation import dues_of
from marketplace.web.guides.glossary import terms_by_letter
from marketplace.web.guides.reading import guide_in, language_of_reader
from marketplace.web.guides.searching import places_with
from marketplace.web.guides.shelf import SHELVES, SLUGS
from marketplace.web.pages import form_status, same_for_visitors, signed_in
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import csv_answer

NOTICES_SHOWN = 5


@same_for_visitors
def front(request: HttpRequest) -> HttpResponse:
    """Say what the centre is, what is on offer and how to check it."""
    return render(request, "desk/front.html", {"front": front_figures(actor(request))})


@same_for_visitors
def help_index(request: HttpRequest) -> HttpResponse:
    """Show the guides by who needs them, or where the words stand that are looked for."""
    language = language_of_reader()
    form = HelpForm(request.GET)
    context: dict[str, object] = {
        "form": form,
        "shelves": [
            (shelf, [guide_in(language, slug) for slug in shelf.slugs]) for shelf in SHELVES
        ],
    }
    if form.is_valid() and form.cleaned_data["q"]:
        context["places"] = places_with(form.cleaned_data["q"], language)
    return render(request, "desk/help.html", context, status=form_status(form))


@same_for_visitors
def help_guide(request: HttpRequest, guide: str) -> HttpResponse:
    if guide not in SLUGS:
        raise NotFound(_("There is no such guide."))
    return render(request, "desk/guide.html", {"guide": guide_in(language_of_reader(), guide)})


@same_for_visitors
def help_terms(request: HttpRequest) -> HttpResponse:
    language = language_of_reader()
    letters = [
        (
            letter,
            [(each, each.name_in(language), each.sentence_in(language)) for each in of_letter],
        )
        for letter, of_letter in terms_by_letter(language)
    ]
    return render(request, "desk/terms.html", {"letters": letters})


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, and their datasets on their way."""
    by = actor(request)
    notices, paths = notices_in_order(by)[:NOTICES_SHOWN], own_paths(by)
    tasks = tasks_of(by, paths.unfinished)
    context = {
        "tasks": tasks,
        "waiting": sum(task.count for task in tasks),
        "dues": dues_of(by),
        "paths": paths,
        "is_officer": by.has(Role.OFFICER),
        "is_buyer": by.has(Role.BUYER),
        "notices": [(each, worded(each.kind, each.parameters)) for each in notices],
        "unread": unread_count(by),
        "failed_email": own_failure(by),
        "idle_at": None if by.roles else own_organization(by),
    }
    return render(request, "desk/desk.html", context)


@signed_in
def dataset_path(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the way of one dataset, with the step it is in and what the others need."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    if request.GET.get("piece") == "needs":
        context = {"needs": needs_of(dataset, by), "dataset": dataset}
        return render(request, "desk/partials/needs.html", context)
    context = {
        "needs": needs_of(dataset, by),
        "path": paths_of([dataset], by=by)[0],
        "dataset": dataset,
        "timeline": timeline_of(f"dataset:{dataset.pk}", by=by),
    }
    return render(request, "desk/path.html", context)


@signed_in
def review_queue(request: HttpRequest) -> HttpResponse:
    """Show the open cases that wait for a second person."""
    by = actor(request)
    if not by.has(Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR):
        raise NotAllowed(_("The review queue is the reviewers'. Your own cases are on your desk."))
    return render(request, "desk/review_queue.html", {"cases": queue_of(by)})


@signed_in
def region_dashboard(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    open_regions = regions_open_to(by)
    sees_all = policies.sees_every_row(by)
    form = RegionForm(request.GET, regions=open_regions, sees_all=sees_all)
    context = {"form": form, "sees_all": sees_all, "is_officer": by.has(Role.OFFICER)}
    if form.is_valid():
        regions = figures_of_regions(form.query(), regions=open_regions, by=by)
        measure = form.cleaned_data["measure"]
        label = str(dict(MEASURES)[measure])
        context |= {
            "regions": regions,
            "total": regions.total,
            "pictures": pictures_of(regions, measure=measure, label=label),
            "address": request.GET.urlencode(),
        }
    return render(request, "desk/regions.html", context, status=form_status(form))


@signed_in
def region_download(request: HttpRequest) -> HttpResponse:
    """Give the figures of regions as CSV."""
    by = actor(request)
    open_regions = regions_open_to(by)
    form = RegionForm(request.GET, regions=open_regions, sees_all=policies.sees_every_row(by))
    if not form.is_valid():
        return redirect(f"{reverse('region_dashboard')}?{request.GET.urlencode()}")
    query = form.query()
    regions = figures_of_regions(query, regions=open_regions, by=by)
    name = f"regions-{month_text(query.first)}-{month_text(query.last)}.csv"
    return csv_answer(name, table_rows(regions))
