from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.notices.models import Notice


def check_send_email_again(notice: Notice, by: Actor) -> None:
    """Refuse to e-mail a notice again.

    Raises:
        NotAllowed: the actor is no administrator of the centre.
        WrongState: its person has read it, or signs in no more (`email-not-needed`).
    """
    if not by.has(Role.ADMINISTRATOR):
        raise NotAllowed(_("Only an administrator of the centre has an e-mail sent again."))
    if notice.read_at is not None or not notice.person.is_active:
        raise WrongState(
            _("The person has read this notice, or signs in no more: no e-mail is needed."),
            code="email-not-needed",
        )


ACTS_ON_FAILED_EMAIL: dict[str, Rule[Notice]] = {"send_email_again": check_send_email_again}


def acts_on_failed_email(notice: Notice, by: Actor) -> Allowed:
    return allowed(ACTS_ON_FAILED_EMAIL, notice, by)
