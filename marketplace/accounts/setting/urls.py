from django.urls import path

from marketplace.accounts.setting import views
from marketplace.accounts.setting.selectors import announcements_visible_to, settings_visible_to
from marketplace.accounts.setting.serializers import (
    AnnouncementOut,
    CentreSettingOut,
    OneCentreSettingOut,
)
from marketplace.accounts.setting.services import (
    announce,
    confirm_setting,
    drop_setting,
    end_announcement,
    propose_setting,
)
from marketplace.core import Scope
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

SETTING = "centre/settings/<uuid:pk>/"
ANNOUNCEMENT = "centre/announcements/<uuid:pk>/"
SETTING_API = "centre-settings/<uuid:pk>/"
ANNOUNCEMENT_API = "announcements/<uuid:pk>/"

urlpatterns = [
    path("centre/settings/", views.centre_settings, name="centre_settings"),
    path("centre/settings/propose/", views.setting_propose, name="setting_propose"),
    path(SETTING, views.setting_detail, name="setting_detail"),
    path(f"{SETTING}confirm/", views.setting_confirm, name="setting_confirm"),
    path(f"{SETTING}drop/", views.setting_drop, name="setting_drop"),
    path("centre/announcements/make/", views.announcement_make, name="announcement_make"),
    path(f"{ANNOUNCEMENT}end/", views.announcement_end, name="announcement_end"),
]

api_patterns = [
    list_view(
        "centre-settings/",
        settings_visible_to,
        operation="list_centre_settings",
        gives=CentreSettingOut,
        about="What was proposed and set for the whole centre, newest first, to its staff.",
    ),
    act_view(
        "centre-settings/propose/",
        propose_setting,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            propose_setting,
            about="Of a fee `rate` and its first day `effective_on`, of a bank account `account`.",
        ),
        gives=CentreSettingOut,
        creates=True,
        made_at="get_centre_setting",
        summary="Propose a setting of the centre",
    ),
    thing_view(
        SETTING_API,
        settings_visible_to,
        operation="get_centre_setting",
        gives=OneCentreSettingOut,
        about="A setting of the centre, and the acts on it that are open to the caller.",
    ),
    act_view(
        f"{SETTING_API}confirm/", confirm_setting, scope=Scope.ADMINISTER, gives=CentreSettingOut
    ),
    act_view(
        f"{SETTING_API}drop/",
        drop_setting,
        scope=Scope.ADMINISTER,
        gives=CentreSettingOut,
    ),
    list_view(
        "announcements/",
        announcements_visible_to,
        operation="list_announcements",
        gives=AnnouncementOut,
        about="What was announced on every page, newest first.",
    ),
    act_view(
        "announcements/announce/",
        announce,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            announce, about="What stands on every page, in both languages, and until when."
        ),
        gives=AnnouncementOut,
        creates=True,
        made_at="get_announcement",
        summary="Announce something on every page",
    ),
    thing_view(
        ANNOUNCEMENT_API,
        announcements_visible_to,
        operation="get_announcement",
        gives=AnnouncementOut,
        about="Something that was announced on every page.",
    ),
    act_view(
        f"{ANNOUNCEMENT_API}end/", end_announcement, scope=Scope.ADMINISTER, gives=AnnouncementOut
    ),
]
