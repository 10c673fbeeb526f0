"""What every template may read."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from marketplace.web.requests import actor


def centre_name() -> str:
    """Return the centre's name in the language of the moment."""
    chinese = (get_language() or "").startswith("zh")
    return str(settings.CENTRE_NAME_CHINESE if chinese else settings.CENTRE_NAME)


def centre(request: HttpRequest) -> dict[str, object]:
    """Return the centre's two names, the reader's language first, and the actor."""
    names = [("en", settings.CENTRE_NAME), ("zh-hans", settings.CENTRE_NAME_CHINESE)]
    if (get_language() or "").startswith("zh"):
        names.reverse()
    (_, name), (other_language, other_name) = names
    return {
        "centre_name": name,
        "centre_name_other": other_name,
        "centre_language_other": other_language,
        "actor": actor(request),
    }
