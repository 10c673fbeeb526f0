from django.urls import path

from marketplace.rights.notice import api, views

urlpatterns = [
    path("notices/public/", views.public_notice_list, name="public_notice_list"),
    path("notices/public/feed/", views.public_notice_feed, name="public_notice_feed"),
    path("notices/public/<uuid:pk>/", views.public_notice, name="public_notice"),
]

api_patterns = [
    path("public-notices/", api.PublicNotices.as_view(), name="api_list_public_notices"),
]
