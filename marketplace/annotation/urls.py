"""The addresses of the annotation app."""

from marketplace.annotation.acceptance import urls as acceptance
from marketplace.annotation.arbitration import urls as arbitration
from marketplace.annotation.batch import urls as work
from marketplace.annotation.labelled_set import urls as labelled_set
from marketplace.annotation.pay import urls as pay
from marketplace.annotation.project import urls as project
from marketplace.annotation.renewal import urls as renewal

urlpatterns = [
    *project.urlpatterns,
    *work.urlpatterns,
    *acceptance.urlpatterns,
    *arbitration.urlpatterns,
    *labelled_set.urlpatterns,
    *pay.urlpatterns,
    *renewal.urlpatterns,
]
api_patterns = [
    *project.api_patterns,
    *work.api_patterns,
    *acceptance.api_patterns,
    *arbitration.api_patterns,
    *labelled_set.api_patterns,
    *pay.api_patterns,
    *renewal.api_patterns,
]
