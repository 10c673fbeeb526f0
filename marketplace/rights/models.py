from marketplace.rights.certificate.models import Certificate, Reliance
from marketplace.rights.claim.models import Claim, ClaimedRight, Evidence
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.rights.remark.models import Remark

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
