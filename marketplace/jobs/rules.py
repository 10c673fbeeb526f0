from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.jobs.models import Job
from marketplace.jobs.states import JobState


def check_works(by: Actor) -> None:
    """Refuse who is not the centre's software.

    Raises:
        NotAllowed: somebody else asks.
    """
    if not by.is_system:
        raise NotAllowed(_("Only the centre's own software does this work."))


def check_holds(job: Job, attempt: int, by: Actor) -> None:
    """Refuse a worker that does not hold a job.

    Raises:
        NotAllowed: the actor is not the centre's software.
        WrongState: the job ended, or another worker has it (`job-lost`).
    """
    check_works(by)
    if job.state != JobState.RUNNING or job.attempt != attempt:
        raise WrongState(_("This work ended, or another worker has it."), code="job-lost")
