from marketplace.outbound.endpoint import urls as endpoint
from marketplace.outbound.message import urls as message

NOUNS = (endpoint, message)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
