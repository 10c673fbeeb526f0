from marketplace.delivery.changelog import urls as changelog
from marketplace.delivery.changes import urls as changes
from marketplace.delivery.dossier import urls as dossier
from marketplace.delivery.grant import urls as grant
from marketplace.delivery.pages import urls as pages
from marketplace.delivery.report import urls as report
from marketplace.delivery.sandbox import urls as sandbox
from marketplace.delivery.scoring import urls as scoring
from marketplace.delivery.sharing import urls as sharing
from marketplace.delivery.use import urls as use

NOUNS = (changelog, changes, dossier, grant, pages, report, sandbox, scoring, sharing, use)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
