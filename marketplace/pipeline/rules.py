from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.pipeline import policies
from marketplace.pipeline.models import SetAside


def check_retries(_steps: None, by: Actor) -> None:
    """Refuse who tries no steps again.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
    """
    if not policies.may_retry(by):
        raise NotAllowed(_("Only an administrator of the centre can try this again."))


def check_retry_set_aside(set_aside: SetAside, by: Actor) -> None:
    """Refuse to try a step again.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
        WrongState: it has happened already.
    """
    check_retries(None, by)
    if set_aside.is_done:
        raise WrongState(_("This has happened already."))
