from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounting.models import Category, CostEntry, Recognition
from marketplace.accounting.selectors import stale_vouchers, waits_for_second_person
from marketplace.accounting.states import RECOGNITION, RecognitionState
from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed


def may_keep_costs(by: Actor, organization_id: UUID) -> bool:
    """The finance officers of the organization that bears the cost."""
    return by.has(Role.FINANCE) and by.acts_for(organization_id)


def may_review(by: Actor, recognition: Recognition) -> bool:
    """A reviewer decides, who neither submitted it nor belongs to the organization that did."""
    organizations = (recognition.organization_id,)
    return is_second("recognition", recognition.submitted_by_id, by, of=organizations)


def check_books(dataset: Dataset, by: Actor) -> None:
    """Refuse who does not decide what data is booked as.

    Raises:
        NotAllowed: the actor keeps no books for the dataset's organization.
    """
    if not may_keep_costs(by, dataset.organization_id):
        raise NotAllowed(
            _("What is booked is decided by the finance officers of the data's owner.")
        )


def check_record_cost(dataset: Dataset, by: Actor) -> None:
    """Refuse to record what data has cost.

    Raises:
        NotAllowed: the actor keeps no books for the dataset's organization.
    """
    if not may_keep_costs(by, dataset.organization_id):
        raise NotAllowed(_("Costs are recorded by the finance officers of the data's owner."))


def check_takes_cost_back(entry: CostEntry, by: Actor) -> None:
    """Refuse who takes no recorded amounts back.

    Raises:
        NotAllowed: the actor keeps no books for its organization.
    """
    if not may_keep_costs(by, entry.organization_id):
        raise NotAllowed(_("Costs are reversed by the finance officers of the data's owner."))


def check_reverse_cost(entry: CostEntry, by: Actor) -> None:
    """Refuse to take a recorded amount back.

    Raises:
        NotAllowed: the actor keeps no books for its organization.
        WrongState: it is taken back already, or is what takes another one back.
    """
    check_takes_cost_back(entry, by)
    if entry.reverses_id is not None or hasattr(entry, "reversed_by"):
        raise WrongState(_("This amount is reversed already, or is a reversal itself."))


def check_propose_recognition(dataset: Dataset, by: Actor) -> None:
    """Refuse to decide what data is booked as.

    Raises:
        NotAllowed: the actor keeps no books for the dataset's organization.
        WrongState: a decision on this data waits for a second person.
    """
    check_books(dataset, by)
    if waits_for_second_person(dataset):
        raise WrongState(_("A decision on this data waits for a second person. Withdraw it first."))


def check_decide_anew(recognition: Recognition, by: Actor) -> None:
    """Refuse to decide on the data of a decision anew, as `check_propose_recognition` does."""
    check_propose_recognition(recognition.dataset, by)


def check_withdraw_recognition(recognition: Recognition, by: Actor) -> None:
    """Refuse to take a decision back.

    Raises:
        NotAllowed: the actor keeps no books for its organization.
        WrongState: it does not hold any more.
    """
    if not may_keep_costs(by, recognition.organization_id):
        raise NotAllowed(_("Only finance officers of the organization can withdraw this decision."))
    RECOGNITION.check(recognition, RecognitionState.WITHDRAWN)


def check_return_recognition(recognition: Recognition, by: Actor) -> None:
    """Refuse to send a decision back.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision.
    """
    _check_second_person(recognition, by)
    RECOGNITION.check(recognition, RecognitionState.RETURNED)


def check_approve_recognition(recognition: Recognition, by: Actor) -> None:
    """Refuse to put a decision in force.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision, or its vouchers have changed since.
    """
    _check_second_person(recognition, by)
    RECOGNITION.check(recognition, RecognitionState.IN_FORCE)
    if stale_vouchers(recognition):
        raise WrongState(
            _("A voucher was reversed or added since. Return this, so that it is decided anew."),
            code="vouchers-changed",
        )


def check_record_impairment(recognition: Recognition, by: Actor) -> None:
    """Refuse to test a booked asset.

    Raises:
        NotAllowed: the actor keeps no books for its organization.
        WrongState: nothing is booked by it.
    """
    if not may_keep_costs(by, recognition.organization_id):
        raise NotAllowed(_("Impairments are recorded by the finance officers of the data's owner."))
    is_booked = recognition.state == RecognitionState.IN_FORCE
    if not is_booked or recognition.category == Category.DISCLOSED_ONLY:
        raise WrongState(_("Nothing is booked by this decision, so nothing can be written down."))


def _check_second_person(recognition: Recognition, by: Actor) -> None:
    if not may_review(by, recognition):
        raise NotAllowed(_("Only a reviewer who did not submit this can decide on it."))


ACTS_ON_COST: Mapping[str, Rule[CostEntry]] = {"reverse_cost": check_reverse_cost}
ACTS_ON_BOOKS: Mapping[str, Rule[Dataset]] = {
    "record_cost": check_record_cost,
    "propose_recognition": check_propose_recognition,
}
ACTS_ON_RECOGNITION: Mapping[str, Rule[Recognition]] = {
    "propose_recognition": check_decide_anew,
    "withdraw_recognition": check_withdraw_recognition,
    "approve_recognition": check_approve_recognition,
    "return_recognition": check_return_recognition,
    "record_impairment": check_record_impairment,
}


def acts_on_cost(entry: CostEntry, by: Actor) -> Allowed:
    return allowed(ACTS_ON_COST, entry, by)


def acts_on_books(dataset: Dataset, by: Actor) -> Allowed:
    return allowed(ACTS_ON_BOOKS, dataset, by)


def acts_on_recognition(recognition: Recognition, by: Actor) -> Allowed:
    return allowed(ACTS_ON_RECOGNITION, recognition, by)
