from marketplace.rights.certificate import urls as certificate
from marketplace.rights.claim import urls as claim
from marketplace.rights.follow_up import urls as follow_up
from marketplace.rights.notice import urls as notice
from marketplace.rights.objection import urls as objection
from marketplace.rights.remark import urls as remark
from marketplace.rights.transfer import urls as transfer

NOUNS = (
    claim,
    transfer,
    objection,
    notice,
    certificate,
    follow_up,
    remark,
)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
