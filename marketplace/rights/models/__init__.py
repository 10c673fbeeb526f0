"""Claims with their evidence, objections to them, and the certificates they end in."""

from marketplace.rights.models.certificates import Certificate, Reliance
from marketplace.rights.models.claims import Claim, ClaimedRight, Evidence
from marketplace.rights.models.objections import Exhibit, Objection
from marketplace.rights.models.remarks import Remark

__all__ = [
    "Certificate",
    "Claim",
    "ClaimedRight",
    "Evidence",
    "Exhibit",
    "Objection",
    "Reliance",
    "Remark",
]
