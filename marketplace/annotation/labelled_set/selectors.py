from django.db.models import QuerySet

from marketplace.annotation.batch.selectors import ASKED
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.core import Actor


def labelled_sets_visible_to(by: Actor) -> QuerySet[LabelledSet]:
    """Return the sets that were made of the projects that the actor may see."""
    rows = LabelledSet.objects.select_related(
        "version__dataset",
        "version__content",
        "project__organization",
        *(f"project__version__{one}" for one in ASKED),
    )
    return rows.filter(project__in=labellings_visible_to(by))
