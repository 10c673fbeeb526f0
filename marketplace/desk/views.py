"""The pages that span apps: front page, a person's desk, the guided path, the review queue."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import timeline_of
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core.errors import NotAllowed
from marketplace.core.locking import visible
from marketplace.desk.selectors.cases import queue_of
from marketplace.desk.selectors.front import front_figures
from marketplace.desk.selectors.path import paths_of
from marketplace.desk.selectors.waiting import own_paths, tasks_of
from marketplace.notices.selectors import notices_in_order, unread_count
from marketplace.notices.texts import worded
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor

NOTICES_SHOWN = 5


def front(request: HttpRequest) -> HttpResponse:
    """Say what the centre is, what is on offer and how to check it."""
    return render(request, "desk/front.html", {"front": front_figures()})


@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, and their datasets on their way."""
    by = actor(request)
    notices = notices_in_order(by)[:NOTICES_SHOWN]
    context = {
        "tasks": tasks_of(by),
        "paths": own_paths(by) if by.has(Role.OFFICER) else [],
        "is_officer": by.has(Role.OFFICER),
        "is_buyer": by.has(Role.BUYER),
        "notices": [(each, worded(each.kind, each.parameters)) for each in notices],
        "unread": unread_count(by),
    }
    return render(request, "desk/desk.html", context)


@signed_in
def dataset_path(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the way of one dataset, with the step it is in."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    context = {
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
