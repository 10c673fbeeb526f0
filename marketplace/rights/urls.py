"""The addresses of the rights app."""

from marketplace.rights.certificate import urls as certificate
from marketplace.rights.claim import urls as claim
from marketplace.rights.follow_up import urls as follow_up
from marketplace.rights.notice import urls as notice
from marketplace.rights.objection import urls as objection
from marketplace.rights.remark import urls as remark
from marketplace.rights.transfer import urls as transfer

urlpatterns = [
    *claim.urlpatterns,
    *transfer.urlpatterns,
    *objection.urlpatterns,
    *notice.urlpatterns,
    *certificate.urlpatterns,
    *follow_up.urlpatterns,
    *remark.urlpatterns,
]

api_patterns = [
    *claim.api_patterns,
    *transfer.api_patterns,
    *objection.api_patterns,
    *notice.api_patterns,
    *certificate.api_patterns,
    *follow_up.api_patterns,
    *remark.api_patterns,
]
