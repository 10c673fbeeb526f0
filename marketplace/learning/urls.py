from marketplace.learning.asset import urls as asset
from marketplace.learning.measurement import urls as measurement
from marketplace.learning.model import urls as model
from marketplace.learning.run import urls as run

NOUNS = (asset, measurement, model, run)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
