from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desensitize.treatments import Tried
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, NotFound
from marketplace.core.reading import read_once
from marketplace.jobs.states import JobState
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.preparation.study.models import Study


def studies_visible_to(by: Actor) -> QuerySet[Study]:
    """Return the studies of the runs that the actor may see."""
    rows = Study.objects.select_related("run__version__dataset", "run__organization")
    return rows.filter(run__in=runs_visible_to(by).values("pk"))


def study_of_run(by: Actor, run_id: UUID) -> Study:
    """Return the study of a run.

    Raises:
        NotFound: there is no such run among those the actor may see, or it makes no study.
    """
    study = studies_visible_to(by).filter(run_id=run_id).first()
    if study is None:
        raise NotFound(_("There is no such comparison, or you may not see it."))
    return study


@read_once
def last_study(version: DatasetVersion, kind: RunKind) -> Study | None:
    """Find the newest study of a kind of a source version, answered or not."""
    return (
        Study.objects.filter(run__version=version, run__kind=kind)
        .select_related("run__version__dataset")
        .order_by("-created_at")
        .first()
    )


def tried_of(study: Study) -> Tried | None:
    """Read the treatments of a study; None where it has no answer of this form."""
    is_done = study.run.state == JobState.DONE and "treatments" in study.answer
    return Tried.from_dict(study.answer) if is_done else None
