"""Remarks as pages show them."""

from dataclasses import dataclass

from marketplace.core import Actor, Allowed
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.rules import acts_on_remark
from marketplace.rights.remark.selectors import remarks_of
from marketplace.rights.remark.states import RemarkState


@dataclass(frozen=True)
class ShownRemark:
    """A remark with the acts on it; `is_lifting` where a second reviewer decides on lifting it."""

    remark: Remark
    acts: Allowed
    is_lifting: bool


def shown_remarks(certificate: Certificate, by: Actor) -> list[ShownRemark]:
    """Return the remarks on a certificate, oldest first, with what the reader may do with each."""
    return [
        ShownRemark(remark, acts_on_remark(remark, by), remark.state == RemarkState.LIFTING)
        for remark in remarks_of(certificate)
    ]
