from django.utils.translation import gettext as _

from marketplace.accounts.limit.policies import may_set_signing_limit
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.policies import is_owner
from marketplace.core import Actor, NotAllowed, WrongState


def check_set_signing_limit(person: Person, by: Actor) -> None:
    """Refuse to say for what sum a person may sign alone.

    Raises:
        NotAllowed: the actor is no owner of the person's organization, or is that person.
        WrongState: they are an owner themselves (`is-owner`).
    """
    if not may_set_signing_limit(by, person):
        raise NotAllowed(
            _(
                "For what sum a person may sign, another person says who owns the organization: "
                "nobody sets their own limit."
            )
        )
    if is_owner(person):
        raise WrongState(
            _("An owner signs for any sum. A limit is set for those who do not own."),
            code="is-owner",
        )
