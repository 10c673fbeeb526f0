"""The addresses of the centre's settings and announcements."""

from django.urls import path

from marketplace.accounts.setting import api, views

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
    path("centre-settings/", api.Settings.as_view(), name="api_list_centre_settings"),
    path("centre-settings/propose/", api.ProposeSetting.as_view(), name="api_propose_setting"),
    path(SETTING_API, api.OneSetting.as_view(), name="api_get_centre_setting"),
    path(f"{SETTING_API}confirm/", api.ConfirmSetting.as_view(), name="api_confirm_setting"),
    path(f"{SETTING_API}drop/", api.DropSetting.as_view(), name="api_drop_setting"),
    path("announcements/", api.Announcements.as_view(), name="api_list_announcements"),
    path("announcements/announce/", api.Announce.as_view(), name="api_announce"),
    path(ANNOUNCEMENT_API, api.OneAnnouncement.as_view(), name="api_get_announcement"),
    path(f"{ANNOUNCEMENT_API}end/", api.EndAnnouncement.as_view(), name="api_end_announcement"),
]
