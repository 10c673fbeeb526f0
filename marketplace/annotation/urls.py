from marketplace.annotation.acceptance import urls as acceptance
from marketplace.annotation.annotator import urls as annotator
from marketplace.annotation.arbitration import urls as arbitration
from marketplace.annotation.batch import urls as batch
from marketplace.annotation.labelled_set import urls as labelled_set
from marketplace.annotation.pages import urls as pages
from marketplace.annotation.pay import urls as pay
from marketplace.annotation.project import urls as project
from marketplace.annotation.quality import urls as quality
from marketplace.annotation.renewal import urls as renewal

WITH_PAGES = (pages, annotator, acceptance, arbitration, quality, labelled_set, pay, renewal)
WITH_OPERATIONS = (project, pages, batch, acceptance, arbitration, labelled_set, pay, renewal)

urlpatterns = [route for noun in WITH_PAGES for route in noun.urlpatterns]
api_patterns = [route for noun in WITH_OPERATIONS for route in noun.api_patterns]
