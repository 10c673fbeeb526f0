"""The API of the centre's settings and announcements."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.setting import serializers
from marketplace.accounts.setting.models import Announcement, CentreSetting
from marketplace.accounts.setting.selectors import announcements_visible_to, settings_visible_to
from marketplace.accounts.setting.services import (
    announce,
    confirm_setting,
    drop_setting,
    end_announcement,
    propose_setting,
)
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn


class ProposeSetting(ActView):
    """Propose the centre's fee or bank account, which another administrator confirms."""

    takes = serializers.ProposeSettingIn
    gives = serializers.CentreSettingOut
    creates = True
    made_at = "get_centre_setting"
    scope = Scope.ADMINISTER
    operation = "propose_setting"
    summary = "Propose a setting of the centre"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> CentreSetting:
        """Propose."""
        return propose_setting(**data, by=by)


ConfirmSetting = act_view(
    confirm_setting, scope=Scope.ADMINISTER, gives=serializers.CentreSettingOut
)
DropSetting = act_view(
    drop_setting, scope=Scope.ADMINISTER, takes=ReasonIn, gives=serializers.CentreSettingOut
)

Settings = list_view(
    settings_visible_to,
    operation="list_centre_settings",
    gives=serializers.CentreSettingOut,
    about="What was proposed and set for the whole centre, newest first, to its staff.",
)
OneSetting = thing_view(
    settings_visible_to,
    operation="get_centre_setting",
    gives=serializers.OneCentreSettingOut,
    about="A setting of the centre, and the acts on it that are open to the caller.",
)


class Announce(ActView):
    """Announce something on every page, in both languages, until a moment."""

    takes = serializers.AnnounceIn
    gives = serializers.AnnouncementOut
    creates = True
    made_at = "get_announcement"
    scope = Scope.ADMINISTER
    operation = "announce"
    summary = "Announce something on every page"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Announcement:
        """Announce."""
        return announce(**data, by=by)


EndAnnouncement = act_view(
    end_announcement, scope=Scope.ADMINISTER, gives=serializers.AnnouncementOut
)

Announcements = list_view(
    announcements_visible_to,
    operation="list_announcements",
    gives=serializers.AnnouncementOut,
    about="What was announced on every page, newest first.",
)
OneAnnouncement = thing_view(
    announcements_visible_to,
    operation="get_announcement",
    gives=serializers.AnnouncementOut,
    about="Something that was announced on every page.",
)
