from django.db.models import QuerySet

from marketplace.accounts.policies import rows_of_holder
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.states import IntakeState
from marketplace.core import Actor, clock


def intakes_visible_to(by: Actor) -> QuerySet[Intake]:
    """Return every file that came to the centre's staff, else those of the actor's organization.

    What is in them is shown to who sent them alone.
    """
    rows = Intake.objects.select_related("dataset__organization", "file", "seen", "version")
    return rows_of_holder(rows, by, holder="dataset__organization_id")


def waiting_for(dataset: Dataset) -> Intake | None:
    rows = Intake.objects.select_related("file", "seen")
    return rows.filter(dataset=dataset, state=IntakeState.WAITING).first()


def intakes_expired() -> QuerySet[Intake]:
    """Return the files that nobody looked at in time."""
    return Intake.objects.filter(state=IntakeState.WAITING, expires_at__lte=clock.now())
