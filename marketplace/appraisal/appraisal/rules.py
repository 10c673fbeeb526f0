"""What the acts on a valuation refuse, by right, by state, and by what it stands on."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.appraisal.appraisal import policies
from marketplace.appraisal.appraisal.documents import digest_of_appraisal
from marketplace.appraisal.appraisal.models import Appraisal, Purpose
from marketplace.appraisal.appraisal.selectors import (
    RIGHTS_OF_PURPOSE,
    basis_of,
    replay,
    undecided_appraisal,
)
from marketplace.appraisal.appraisal.states import APPRAISAL, BEING_WRITTEN, AppraisalState
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.selectors import latest_deliverable_version
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed, clock
from marketplace.core.months import months_after
from marketplace.core.rules import opens
from marketplace.rights.certificate.selectors import certificate_in_force
from marketplace.rights.right.coverage import scope_digest

WIDEST = Purpose.MANAGEMENT
"""What is valued for this purpose may be held by any right; another purpose may ask for one."""


@opens("appraisal_draft")
def check_draft_appraisal(dataset: Dataset, by: Actor) -> None:
    """Refuse to value a dataset.

    Raises:
        NotFound: the actor does not see it.
        NotAllowed: the actor is no officer of its organization.
        WrongState: there is no desensitized version, no right in force, or an unfinished
            valuation.
    """
    basis_of(dataset.pk, purpose=WIDEST, by=by)
    if undecided_appraisal(dataset.pk, dataset.organization_id) is not None:
        raise WrongState(
            _("There is an unfinished valuation of this data already. Revise or withdraw it."),
            code="appraisal-unfinished",
        )


def check_revise_appraisal(appraisal: Appraisal, by: Actor) -> None:
    """Refuse to compute a valuation anew.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it was submitted already, or there is no version or right to value.
    """
    _check_works_on(appraisal, by)
    if appraisal.state not in BEING_WRITTEN:
        raise WrongState(_("A valuation can be revised only before it is submitted."))
    basis_of(appraisal.dataset_id, purpose=WIDEST, by=by)


def check_submit_appraisal(appraisal: Appraisal, by: Actor) -> None:
    """Refuse to give a valuation to a second person.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is submitted already, or what it stands on is gone.
    """
    _check_works_on(appraisal, by)
    APPRAISAL.check(appraisal, AppraisalState.SUBMITTED)
    check_standing(appraisal)


def check_withdraw_appraisal(appraisal: Appraisal, by: Actor) -> None:
    """Refuse to take a valuation back.

    Raises:
        NotAllowed: the actor is no officer of its organization, and no reviewer of one in force.
        WrongState: it does not hold any more.
    """
    if not policies.may_withdraw(by, appraisal):
        raise NotAllowed(_("Only officers of the organization can withdraw this valuation."))
    APPRAISAL.check(appraisal, AppraisalState.WITHDRAWN)


def check_return_appraisal(appraisal: Appraisal, by: Actor) -> None:
    """Refuse to send a valuation back.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision.
    """
    _check_second_person(appraisal, by)
    APPRAISAL.check(appraisal, AppraisalState.RETURNED)


def check_approve_appraisal(appraisal: Appraisal, by: Actor) -> None:
    """Refuse to put a valuation in force.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision, or what it stands on is gone.
    """
    _check_second_person(appraisal, by)
    APPRAISAL.check(appraisal, AppraisalState.IN_FORCE)
    check_standing(appraisal)


def _check_works_on(appraisal: Appraisal, by: Actor) -> None:
    if not policies.may_appraise(by, appraisal.organization_id):
        raise NotAllowed(_("Only officers of the organization can work on this valuation."))


def _check_second_person(appraisal: Appraisal, by: Actor) -> None:
    if not policies.may_review(by, appraisal):
        raise NotAllowed(_("Only a reviewer who did not submit this can decide on it."))


ACTS_ON_APPRAISAL: Mapping[str, Rule[Appraisal]] = {
    "revise_appraisal": check_revise_appraisal,
    "submit_appraisal": check_submit_appraisal,
    "withdraw_appraisal": check_withdraw_appraisal,
    "approve_appraisal": check_approve_appraisal,
    "return_appraisal": check_return_appraisal,
}


def acts_on_appraisal(appraisal: Appraisal, by: Actor) -> Allowed:
    return allowed(ACTS_ON_APPRAISAL, appraisal, by)


# Whether what a valuation stands on still stands, asked anew by every act that relies on it.


def about(appraisal: Appraisal) -> tuple[str, ...]:
    """Name what a fact of a valuation also concerns."""
    return (
        f"dataset:{appraisal.dataset_id}",
        f"certificate:{appraisal.certificate_id}",
        f"organization:{appraisal.organization_id}",
    )


def holds_until(appraisal: Appraisal) -> date:
    """Return the last day for which a valuation can hold: by the centre's rule and by the right."""
    months = settings.CENTRE["VALUATION_MONTHS"]
    return min(months_after(appraisal.valued_on, months), appraisal.certificate.valid_until)


def check_standing(appraisal: Appraisal) -> None:
    """Hold a valuation's figure, right, version and date against what is true now.

    An act that relies on it share-locks the certificate before.

    Raises:
        WrongState: one of them is not what it was; the sentence says to revise the valuation.
    """
    scope = scope_digest(appraisal.version)
    in_force = [
        certificate_in_force(
            appraisal.dataset_id,
            appraisal.organization_id,
            right,
            on=clock.today(),
            scope=scope,
        )
        for right in RIGHTS_OF_PURPOSE[Purpose(appraisal.purpose)]
    ]
    if appraisal.certificate_id not in {found.pk for found in in_force if found is not None}:
        raise WrongState(
            _("The right that was valued is not in force any more. Revise the valuation."),
            code="right-missing",
        )
    version = latest_deliverable_version(appraisal.dataset)
    if version is None or version.pk != appraisal.version_id:
        raise WrongState(
            _("There is a newer desensitized version. Revise the valuation."),
            code="version-changed",
        )
    if holds_until(appraisal) < clock.today():
        raise WrongState(
            _("The valuation date is too long ago. Revise the valuation."),
            code="valuation-too-old",
        )
    if digest_of_appraisal(appraisal) != appraisal.result_digest or not replay(appraisal).same:
        raise WrongState(
            _("The figure does not come out of its inputs any more. Revise the valuation."),
            code="replay-differs",
        )
