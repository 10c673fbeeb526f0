from typing import Any

from marketplace.accounts.setting import serializers
from marketplace.accounts.setting.models import Announcement, CentreSetting
from marketplace.accounts.setting.services import (
    announce,
    propose_setting,
)
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class ProposeSetting(ActView):
    """Propose the centre's fee or bank account, which another administrator confirms."""

    takes = serializers.ProposeSettingIn
    gives = serializers.CentreSettingOut
    creates = True
    made_at = "get_centre_setting"
    scope = Scope.ADMINISTER
    summary = "Propose a setting of the centre"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> CentreSetting:
        """Propose."""
        return propose_setting(**data, by=by)


class Announce(ActView):
    """Announce something on every page, in both languages, until a moment."""

    takes = serializers.AnnounceIn
    gives = serializers.AnnouncementOut
    creates = True
    made_at = "get_announcement"
    scope = Scope.ADMINISTER
    summary = "Announce something on every page"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Announcement:
        """Announce."""
        return announce(**data, by=by)
