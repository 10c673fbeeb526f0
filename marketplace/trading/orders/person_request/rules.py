from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.core.terms import has_passed
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.states import PERSON_REQUEST, PersonRequestState


def check_recording_officer(dataset: Dataset, by: Actor) -> UUID:
    """Return the officer who records what a person asked of their organization.

    Raises:
        NotAllowed: the actor is no officer of the organization that holds the data.
    """
    if not by.has(Role.OFFICER) or not by.acts_for(dataset.organization_id) or not by.person_id:
        raise NotAllowed(_("Only an officer of the organization that holds the data can do this."))
    return by.person_id


def check_reviews(request: PersonRequest, by: Actor) -> UUID:
    """Return the reviewer of the centre who looks after a request.

    Raises:
        NotAllowed: the actor is no reviewer, or belongs to the organization that holds the data.
    """
    is_theirs = by.belongs_to(request.dataset.organization_id)
    if not by.has(Role.REVIEWER) or by.person_id is None or is_theirs:
        raise NotAllowed(_("Only a reviewer of the centre who is not of this organization can."))
    return by.person_id


def check_read_identity(request: PersonRequest, by: Actor) -> UUID:
    """Return the reviewer who reads who a person says to be.

    Raises:
        NotAllowed: as for `check_reviews`.
        WrongState: it was read and proved already, or is destroyed.
    """
    person_id = check_reviews(request, by)
    if request.state != PersonRequestState.RECEIVED:
        raise WrongState(_("Who asks is read only until the identity is proved."))
    return person_id


def check_prove_identity(request: PersonRequest, by: Actor) -> UUID:
    """Return the reviewer before whom a person proves who they are.

    Raises:
        NotAllowed: as for `check_reviews`.
        WrongState: it is proved or closed already.
    """
    person_id = check_reviews(request, by)
    PERSON_REQUEST.check(request, PersonRequestState.PROVED)
    return person_id


def check_answer(request: PersonRequest, by: Actor) -> UUID:
    """Return who answers a request: the holder's officer, once overdue a reviewer too.

    Raises:
        NotAllowed: the actor is neither.
        WrongState: it waits for no answer.
    """
    is_holder = by.has(Role.OFFICER) and by.acts_for(request.dataset.organization_id)
    if not is_holder:
        check_reviews(request, by)
    if request.state != PersonRequestState.PROVED:
        raise WrongState(_("This request waits for no answer. Reload the page."))
    if not is_holder and not has_passed(request, "due_on"):
        raise NotAllowed(
            _("The holder of the data answers it; the centre only once it is overdue.")
        )
    assert by.person_id is not None
    return by.person_id


def check_grant(request: PersonRequest, by: Actor) -> UUID:
    """Return who grants a request.

    Raises:
        NotAllowed, WrongState: as for `check_answer`; or its rows are still being looked for
            (`search-running`).
    """
    person_id = check_answer(request, by)
    refuse_unsearched(request)
    return person_id


def check_confirm_removal(request: PersonRequest, by: Actor) -> UUID:
    """Return the reviewer who confirms that rows leave: nobody has a verdict recalled alone.

    Raises:
        NotAllowed: as for `check_reviews`, or the actor granted it.
        WrongState: it is not granted, or its rows are still being looked for (`search-running`).
    """
    person_id = check_reviews(request, by)
    if request.state != PersonRequestState.GRANTED:
        raise WrongState(_("This request waits for no confirmation. Reload the page."))
    holder_id = request.dataset.organization_id
    if not is_second("person_request", request.decided_by_id, by, of=(holder_id,)):
        raise NotAllowed(_("Who granted it does not confirm it. Ask a second reviewer."))
    refuse_unsearched(request)
    return person_id


def refuse_unsearched(request: PersonRequest) -> None:
    """Refuse to decide before it is known where the rows are.

    Raises:
        WrongState: they are still being looked for (`search-running`).
    """
    if request.searched_at is None:
        raise WrongState(
            _("The rows are still being looked for. Reload the page in a moment."),
            code="search-running",
        )


ACTS_ON_PERSON_REQUEST: Mapping[str, Rule[PersonRequest]] = MappingProxyType(
    {
        "read_identity": check_read_identity,
        "prove_identity": check_prove_identity,
        "close_unproven": check_prove_identity,
        "grant_person_request": check_grant,
        "refuse_person_request": check_answer,
        "confirm_removal": check_confirm_removal,
    }
)


def acts_on_person_request(request: PersonRequest, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_PERSON_REQUEST, request, by)
