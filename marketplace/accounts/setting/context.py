"""What every template may read of what is announced."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from marketplace.accounts.setting.selectors import announced_now


def announcements(_request: HttpRequest) -> dict[str, object]:
    """Return what is announced at this moment; nothing is read where no page draws it."""
    return {"announced": SimpleLazyObject(announced_now)}
