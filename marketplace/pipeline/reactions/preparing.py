"""A dataset was approved, a run waits or has ended: profile it, ask a worker, tell the officers."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import people_with_role
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.broker import start
from marketplace.pipeline.things import PIPELINE, id_of, page_of, title_of
from marketplace.preparation.selectors import copy_of_run, runs_visible_to
from marketplace.preparation.services.runs import start_profile
from marketplace.preparation.services.studies import help_failed_report
from marketplace.preparation.tasks import execute_run

KIND_OF_FACT = {
    "preparation.columns_classified": NoticeKind.RUN_DONE,
    "preparation.masking_finished": NoticeKind.RUN_DONE,
    "preparation.run_failed": NoticeKind.RUN_FAILED,
}


def profile_approved(entry: Entry) -> None:
    """Ask for a profile of the data whose content was approved."""
    start_profile(UUID(entry.payload["version"]), by=PIPELINE)


def help_failed(entry: Entry) -> None:
    """Have treatments tried where a version cannot be traded as it is."""
    help_failed_report(id_of(entry.subject), by=PIPELINE)


def ask_worker(entry: Entry) -> None:
    """Ask a worker to take a run that waits."""
    start(execute_run, str(id_of(entry.subject)))


def tell_of_run(entry: Entry) -> None:
    """Tell the officers of a run's organization how it ended.

    A copy that could not be written is had written again on its order's page.
    """
    run = visible(runs_visible_to(PIPELINE), pk=id_of(entry.subject))
    copy = copy_of_run(run)
    address = page_of(entry.subject)
    if copy is not None:
        address = reverse("order_grant", args=[id_of(copy.asked_for)])
    notify(
        people=people_with_role(Role.OFFICER, organization_id=run.organization_id),
        kind=KIND_OF_FACT[entry.kind],
        subject=entry.subject,
        parameters={"thing": title_of(entry.subject)},
        url=address,
        by=PIPELINE,
    )
