from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.rights.certificate import policies
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import LASTING
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.states import UNCONFIRMED, RemarkState


def check_remarks(certificate: Certificate, by: Actor) -> UUID:
    """Return the reviewer who remarks on a certificate.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
    """
    if by.person_id is None or not policies.may_freeze(by, certificate):
        raise NotAllowed(_("Only a reviewer of the centre can remark on a certificate."))
    return by.person_id


def check_enter_remark(certificate: Certificate, by: Actor) -> UUID:
    """Return the reviewer who remarks on a certificate that lasts.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the certificate has ended.
    """
    person_id = check_remarks(certificate, by)
    if certificate.state not in LASTING:
        raise WrongState(_("This certificate has ended. Nothing is remarked on it any more."))
    return person_id


def check_decides_remarks(remark: Remark, by: Actor) -> None:
    """Refuse who does not decide on remarks.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
    """
    if by.person_id is None or not policies.may_freeze(by, remark.certificate):
        raise NotAllowed(_("Only a reviewer of the centre can decide on a remark."))


def check_decide_remark(remark: Remark, by: Actor) -> None:
    """Refuse to confirm a freeze or its lifting, or not to.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or is the one who entered it.
        WrongState: the remark waits for nobody.
    """
    check_decides_remarks(remark, by)
    if remark.state not in UNCONFIRMED:
        raise WrongState(_("This remark waits for nobody. Reload the page."))
    is_new = remark.state == RemarkState.PROPOSED
    row, begun_by_id = (
        ("remark", remark.entered_by_id) if is_new else ("lifting", remark.lift_asked_by_id)
    )
    if not is_second(row, begun_by_id, by, of=(remark.certificate.organization_id,)):
        raise NotAllowed(_("A second reviewer decides on what you entered."))


def check_lift_remark(remark: Remark, by: Actor) -> None:
    """Refuse to lift a remark.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the remark is not in force.
    """
    check_decides_remarks(remark, by)
    if remark.state != RemarkState.IN_FORCE:
        raise WrongState(_("Only a remark in force can be lifted. Reload the page."))


ACTS_ON_REMARK: Mapping[str, Rule[Remark]] = {
    "decide_remark": check_decide_remark,
    "lift_remark": check_lift_remark,
}


def acts_on_remark(remark: Remark, by: Actor) -> Allowed:
    return allowed(ACTS_ON_REMARK, remark, by)
