"""The addresses of the notices app."""

from django.urls import path

from marketplace.notices import api, views

urlpatterns = [
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/choices/", views.notice_choices, name="notice_choices"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("notices/<uuid:pk>/read/", views.notice_read, name="notice_read"),
]
api_patterns = [
    path("notices/", api.Notices.as_view(), name="api_list_notices"),
    path("notices/choices/", api.EmailChoices.as_view(), name="api_get_email_choices"),
    path("notices/choices/choose/", api.ChooseEmails.as_view(), name="api_choose_emails"),
    path("notices/mark-all-read/", api.MarkAllRead.as_view(), name="api_mark_all_read"),
    path("notices/<uuid:pk>/mark-read/", api.MarkNoticeRead.as_view(), name="api_mark_notice_read"),
]
