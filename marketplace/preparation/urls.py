from marketplace.preparation.advice import urls as advice
from marketplace.preparation.budget import urls as budget
from marketplace.preparation.column import urls as column
from marketplace.preparation.decision import urls as decision
from marketplace.preparation.masking import urls as masking
from marketplace.preparation.policy import urls as policy
from marketplace.preparation.preparation import urls as preparation
from marketplace.preparation.profile import urls as profile
from marketplace.preparation.quality import urls as quality
from marketplace.preparation.raw_data import urls as raw_data
from marketplace.preparation.release import urls as release
from marketplace.preparation.report import urls as report
from marketplace.preparation.run import urls as run
from marketplace.preparation.study import urls as study
from marketplace.preparation.version import urls as version

NOUNS = (
    *(budget, column, policy, quality, run, profile, release, report, study, masking),
    *(advice, decision, version, raw_data, preparation),
)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
