from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.approval.services import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.services import reopen_dataset, retire_dataset
from marketplace.catalog.pages import views
from marketplace.catalog.pages.serializers import OneDatasetOut
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import thing_view

urlpatterns = [
    path("datasets/", views.dataset_list, name="dataset_list"),
    path("datasets/register/", views.dataset_register, name="dataset_register"),
    thing_page(
        "datasets/<uuid:pk>/", datasets_visible_to, views.dataset_page, name="dataset_detail"
    ),
    path("datasets/<uuid:pk>/revise/", views.dataset_revise, name="dataset_revise"),
    path("datasets/<uuid:pk>/grade/", views.dataset_grade, name="dataset_grade"),
    act_page(
        "datasets/<uuid:pk>/reopen/",
        reopen_dataset,
        done=_("The dataset is open for changes and needs review again."),
        onto="dataset_detail",
        name="dataset_reopen",
    ),
    form_page(
        "datasets/<uuid:pk>/retire/",
        retire_dataset,
        done=_("The dataset is retired."),
        onto="dataset_detail",
        again=views.dataset_page,
        of=datasets_visible_to,
        form_as="reason_form",
        name="dataset_retire",
    ),
    act_page(
        "datasets/<uuid:pk>/submit/",
        submit_dataset,
        done=views.SUBMITTED,
        onto="dataset_detail",
        name="dataset_submit",
    ),
    thing_page(
        "datasets/<uuid:pk>/review/",
        datasets_visible_to,
        views.review_page,
        name="dataset_review",
    ),
    form_page(
        "datasets/<uuid:pk>/approve/",
        approve_dataset,
        done=_("The content is approved. The profile of the data starts now."),
        onto="dataset_detail",
        again=views.review_page,
        of=datasets_visible_to,
        form_as="approve_form",
        name="dataset_approve",
    ),
    form_page(
        "datasets/<uuid:pk>/return/",
        return_dataset,
        done=_("The dataset is returned; its officers read the reason."),
        onto="dataset_detail",
        again=views.review_page,
        of=datasets_visible_to,
        form_as="return_form",
        name="dataset_return",
    ),
]

api_patterns = [
    thing_view(
        "datasets/<uuid:pk>/",
        datasets_visible_to,
        operation="get_dataset",
        gives=OneDatasetOut,
        about="A dataset, and the acts on it that are open to the caller.",
    ),
]
