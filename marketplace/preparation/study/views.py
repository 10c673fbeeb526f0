from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, allowed, is_open
from marketplace.preparation.column.selectors import findings_of, labels_of
from marketplace.preparation.policy.proposals import policy_of_next_run
from marketplace.preparation.report.selectors import newest_reports
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.run.presentation import run_error
from marketplace.preparation.run.rules import check_cancel_run
from marketplace.preparation.study.models import Study
from marketplace.preparation.study.presentation import compared, picture_of
from marketplace.preparation.study.questions import digest_of, tradeoff_question
from marketplace.preparation.study.rules import ACTS_ON_STUDIES
from marketplace.preparation.study.selectors import last_study
from marketplace.preparation.study.services import start_comparison
from marketplace.preparation.version.selectors import masked_versions_of, source_visible_to
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


@signed_in
def tradeoff_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what treatments keep and what attackers reach then, as far as it was asked."""
    by = actor(request)
    version = source_visible_to(by, pk)
    policy = policy_of_next_run(version)
    study = last_study(version, RunKind.TRADEOFF)
    picture = None
    if study is not None:
        made = newest_reports(version).values()
        picture = picture_of(study, policy, labels_of(version), made)
    context = _shared(version, study, by) | {
        "picture": picture,
        "is_current": study is not None
        and study.digest == digest_of(tradeoff_question(version, policy)),
    }
    return render(request, "preparation/tradeoff.html", context)


@signed_in
def comparison_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what masked versions have lost against their source; start a comparison."""
    by = actor(request)
    version = source_visible_to(by, pk)
    masked = list(masked_versions_of(version))
    form = form_of(start_comparison)(
        request.POST if request.method == "POST" else None,
        offered={"masked": [(str(one.pk), _label(one)) for one in masked]},
        initial={"masked": [str(one.pk) for one in masked[:2]]},
    )
    if form.is_valid():
        run = attempt(form, lambda: start_comparison(pk, **form.taken(), by=by))
        if run is not None:
            messages.success(request, _("The versions are being compared."))
            return redirect("comparison_detail", pk=pk)
    study = last_study(version, RunKind.COMPARE)
    is_answered = study is not None and study.run.is_done
    context = _shared(version, study, by) | {
        "form": form,
        "masked": masked,
        "compared": compared(
            study, findings_of(version), newest_reports(version), labels_of(version)
        )
        if study is not None and is_answered
        else None,
    }
    return render(request, "preparation/comparison.html", context, status=form_status(form))


def _label(version: DatasetVersion) -> str:
    return _("version %(number)d of %(day)s") % {
        "number": version.number,
        "day": date_format(localtime(version.created_at), "SHORT_DATETIME_FORMAT"),
    }


def _shared(version: DatasetVersion, study: Study | None, by: Actor) -> dict[str, object]:
    run = study.run if study else None
    return {
        "version": version,
        "dataset": version.dataset,
        "study": study,
        "run": run,
        "error": run_error(run) if run else "",
        "acts": allowed(ACTS_ON_STUDIES, version, by),
        "cancels": run is not None and is_open(check_cancel_run, run, by),
    }
