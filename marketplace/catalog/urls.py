from marketplace.catalog.dataset import urls as dataset
from marketplace.catalog.intake import urls as intake
from marketplace.catalog.push import urls as push
from marketplace.catalog.quality import urls as quality
from marketplace.catalog.source import urls as source
from marketplace.catalog.version import urls as version

NOUNS = (dataset, intake, push, quality, source, version)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
