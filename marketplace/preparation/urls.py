from marketplace.preparation.budget import urls as budget
from marketplace.preparation.column import urls as column
from marketplace.preparation.policy import urls as policy
from marketplace.preparation.quality import urls as quality
from marketplace.preparation.release import urls as release
from marketplace.preparation.report import urls as report
from marketplace.preparation.run import urls as run
from marketplace.preparation.study import urls as study
from marketplace.preparation.version import urls as version

NOUNS = (budget, column, policy, quality, release, report, run, study, version)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
