from marketplace.outbound.endpoint import urls as endpoint
from marketplace.outbound.message import urls as message
from marketplace.outbound.pages import urls as pages

NOUNS = (endpoint, message)

urlpatterns = [route for noun in (*NOUNS, pages) for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
