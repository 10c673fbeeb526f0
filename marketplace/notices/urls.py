"""The addresses of the notices app."""

from django.urls import path

from marketplace.notices import api, views

urlpatterns = [
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/choices/", views.notice_choices, name="notice_choices"),
    path("notices/failed-emails/", views.failed_email_list, name="failed_email_list"),
    path("notices/<uuid:pk>/send-again/", views.email_send_again, name="email_send_again"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("notices/<uuid:pk>/read/", views.notice_read, name="notice_read"),
]
api_patterns = [
    path("notices/", api.Notices.as_view(), name="api_list_notices"),
    path("notices/choices/", api.EmailChoices.as_view(), name="api_get_email_choices"),
    path("notices/choices/choose/", api.ChooseEmails.as_view(), name="api_choose_emails"),
    path("notices/failed-emails/", api.FailedEmails.as_view(), name="api_list_failed_emails"),
    path(
        "notices/<uuid:pk>/send-again/",
        api.SendEmailAgain.as_view(),
        name="api_send_email_again",
    ),
    path("notices/mark-all-read/", api.MarkAllRead.as_view(), name="api_mark_all_read"),
    path("notices/<uuid:pk>/mark-read/", api.MarkNoticeRead.as_view(), name="api_mark_notice_read"),
]
