from marketplace.annotation.acceptance import urls as acceptance
from marketplace.annotation.arbitration import urls as arbitration
from marketplace.annotation.batch import urls as work
from marketplace.annotation.labelled_set import urls as labelled_set
from marketplace.annotation.pay import urls as pay
from marketplace.annotation.project import urls as project
from marketplace.annotation.renewal import urls as renewal

NOUNS = (
    project,
    work,
    acceptance,
    arbitration,
    labelled_set,
    pay,
    renewal,
)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
