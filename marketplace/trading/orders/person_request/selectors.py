"""Read requests of persons, and what is held and was sold of their rows."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.core import Actor, NotFound
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.run.models import Run
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.states import (
    SEARCHED_IN,
    WAITING,
    PersonRequestState,
)
from marketplace.trading.orders.remedy.given import orders_given

NOT_PERSONAL = (Verdict.NO_PERSONAL_INFORMATION, Verdict.ANONYMOUS)
"""What is anonymous is no personal information (Personal Information Protection Law, article 4)."""


def person_requests_visible_to(by: Actor) -> QuerySet[PersonRequest]:
    """Return every request to reviewers and the software, else those of the organization's data."""
    rows = PersonRequest.objects.select_related("dataset__organization")
    if by.is_system or by.has(Role.REVIEWER):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(dataset__organization_id=by.organization_id)


def person_request_of(reference: str) -> PersonRequest:
    """Return the request with a reference, to whoever has it.

    Raises:
        NotFound: there is none.
    """
    rows = PersonRequest.objects.select_related("dataset__organization")
    found = rows.filter(reference="".join(reference.split()).upper()[:25]).first()
    if found is None:
        raise NotFound(_("There is no request with this reference. Compare it with what you kept."))
    return found


def centre_id() -> UUID:
    """Return the centre's own organization, which keeps who asked."""
    return Organization.objects.values_list("pk", flat=True).get(kind=OrganizationKind.CENTRE)


def searchable_versions(dataset: Dataset) -> QuerySet[DatasetVersion]:
    """Return the source versions of a dataset whose bytes are still there, oldest first."""
    rows = DatasetVersion.objects.filter(dataset=dataset, kind=VersionKind.SOURCE)
    return rows.filter(raw_destroyed_at=None).select_related("file", "dataset").order_by("number")


def unsearched(before: datetime) -> QuerySet[PersonRequest, UUID]:
    """Return the requests whose search was asked for before a moment and has not ended."""
    rows = PersonRequest.objects.filter(state__in=SEARCHED_IN, searched_at=None)
    moment = Q(decided_at=None, proved_at__lt=before) | Q(decided_at__lt=before)
    return rows.filter(moment).values_list("pk", flat=True)


def verdicts_with(request: PersonRequest) -> list[RiskReport]:
    """Return the reports on versions that hold rows of a person and are personal information.

    Those are of source versions in which rows were found, by runs that did not leave them out.
    """
    sources = [UUID(one["version"]) for one in request.found if one["rows"]]
    reports = RiskReport.objects.filter(run__version__in=sources, recall="")
    reports = reports.exclude(verdict__in=NOT_PERSONAL).select_related("run")
    codes = set(request.codes)
    return [one for one in reports.order_by("pk") if codes - set(one.measured_by.exclusions)]


def has_left(request: PersonRequest) -> bool:
    """Return whether a version was made without the rows of a person, or there is none of them.

    None is to come either of a dataset that is retired.
    """
    if request.dataset.state == DatasetState.RETIRED or all(
        one["rows"] == 0 for one in request.found
    ):
        return True
    made = Run.objects.filter(version__dataset=request.dataset, result_version__isnull=False)
    codes = set(request.codes)
    return any(codes <= set(left_out) for left_out in made.values_list("exclusions", flat=True))


def removals_of(dataset_id: UUID, states: Collection[str]) -> QuerySet[PersonRequest, UUID]:
    """Return the requests of a dataset by which rows leave, in some states."""
    rows = PersonRequest.objects.filter(dataset_id=dataset_id, state__in=states)
    return rows.order_by("pk").values_list("pk", flat=True)


def recipients_of(request: PersonRequest) -> list[str]:
    """Return the names of who was delivered personal information with rows of a person."""
    sources = [UUID(one["version"]) for one in request.found if one["rows"]]
    versions = DatasetVersion.objects.filter(parent__in=sources)
    personal = versions.exclude(risk_reports__verdict__in=NOT_PERSONAL)
    orders = orders_given(personal.values_list("pk", flat=True)).filter(delivered_at__isnull=False)
    names = orders.order_by("buyer__name").values_list("buyer__name", flat=True).distinct()
    return list(names)


def requests_to_remind(on: date, stages: Sequence[int]) -> QuerySet[PersonRequest, UUID]:
    """Return what has reached a further stage, in days after the last day of its step."""
    reached = Q(pk__in=[])
    for number, days in enumerate(stages, 1):
        reached |= Q(due_on__lte=on - timedelta(days=days), reminded__lt=number)
    rows = PersonRequest.objects.filter(reached, state__in=WAITING)
    return rows.values_list("pk", flat=True)


def answers_to_destroy(before: datetime) -> QuerySet[PersonRequest, UUID]:
    """Return the answered requests whose answers were there to be picked up long enough."""
    rows = PersonRequest.objects.filter(decided_at__lt=before, destroyed_at=None)
    return rows.filter(state=PersonRequestState.ANSWERED).values_list("pk", flat=True)
