from django.urls import URLPattern, path
from django.views.generic import TemplateView

from marketplace.desk import api, views
from marketplace.desk.calendar import api as calendar_api
from marketplace.desk.calendar import views as calendar_views
from marketplace.web.pages import same_for_visitors

legal_page = same_for_visitors(TemplateView.as_view(template_name="desk/legal.html"))

urlpatterns: list[URLPattern] = [
    path("", views.front, name="front"),
    path("desk/", views.desk, name="desk"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/address/", calendar_views.calendar_address, name="calendar_address"),
    path("calendar/<slug:secret>.ics", calendar_views.calendar_feed, name="calendar_feed"),
    path("datasets/<uuid:pk>/path/", views.dataset_path, name="dataset_path"),
    path("review/", views.review_queue, name="review_queue"),
    path("regions/", views.region_dashboard, name="region_dashboard"),
    path("regions/download/", views.region_download, name="region_download"),
    path("help/", views.help_index, name="help"),
    path("help/terms/", views.help_terms, name="help_terms"),
    path("help/<slug:guide>/", views.help_guide, name="help_guide"),
    path("legal/", legal_page, name="legal"),
]
api_patterns: list[URLPattern] = [
    path("calendar/", calendar_api.Calendar.as_view(), name="api_get_calendar"),
    path("regions/", api.RegionFigures.as_view(), name="api_get_regions"),
]
