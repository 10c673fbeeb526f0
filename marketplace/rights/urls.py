from marketplace.rights.entry import urls as entry
from marketplace.rights.follow_up import urls as follow_up
from marketplace.rights.hearing import urls as hearing
from marketplace.rights.notice import urls as notice
from marketplace.rights.registration import urls as registration
from marketplace.rights.title import urls as title
from marketplace.rights.transfer import urls as transfer

NOUNS = (
    registration,
    transfer,
    hearing,
    notice,
    title,
    follow_up,
    entry,
)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
