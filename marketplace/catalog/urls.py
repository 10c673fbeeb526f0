from marketplace.catalog.approval import urls as approval
from marketplace.catalog.dataset import urls as dataset
from marketplace.catalog.drawing import urls as drawing
from marketplace.catalog.grade import urls as grade
from marketplace.catalog.intake import urls as intake
from marketplace.catalog.new_version import urls as new_version
from marketplace.catalog.pages import urls as pages
from marketplace.catalog.push import urls as push
from marketplace.catalog.quality import urls as quality
from marketplace.catalog.source import urls as source
from marketplace.catalog.version import urls as version

WITH_PAGES = (version, new_version, source, intake, drawing, push, pages)
WITH_OPERATIONS = (
    dataset,
    version,
    new_version,
    quality,
    source,
    grade,
    approval,
    intake,
    drawing,
    push,
    pages,
)

urlpatterns = [route for noun in WITH_PAGES for route in noun.urlpatterns]
api_patterns = [route for noun in WITH_OPERATIONS for route in noun.api_patterns]
