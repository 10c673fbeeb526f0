from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset import api, views
from marketplace.catalog.dataset.filters import DatasetFilters
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.serializers import ApproveDatasetIn, DatasetOut, OneDatasetOut
from marketplace.catalog.dataset.services import (
    approve_dataset,
    reopen_dataset,
    retire_dataset,
    return_dataset,
    submit_dataset,
)
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("datasets/", views.dataset_list, name="dataset_list"),
    path("datasets/register/", views.dataset_register, name="dataset_register"),
    path("datasets/<uuid:pk>/", views.dataset_detail, name="dataset_detail"),
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
    path("datasets/<uuid:pk>/review/", views.dataset_review, name="dataset_review"),
    path("datasets/<uuid:pk>/approve/", views.dataset_approve, name="dataset_approve"),
    path("datasets/<uuid:pk>/return/", views.dataset_return, name="dataset_return"),
]

api_patterns = [
    list_view(
        "datasets/",
        datasets_visible_to,
        operation="list_datasets",
        filters=DatasetFilters,
        gives=DatasetOut,
        about="The datasets that the caller may see.",
    ),
    path("datasets/register/", api.RegisterDataset.as_view(), name="api_register_dataset"),
    thing_view(
        "datasets/<uuid:pk>/",
        datasets_visible_to,
        operation="get_dataset",
        gives=OneDatasetOut,
        about="A dataset, and the acts on it that are open to the caller.",
    ),
    path("datasets/<uuid:pk>/review/", api.DatasetReview.as_view(), name="api_get_dataset_review"),
    path("datasets/<uuid:pk>/revise/", api.ReviseDataset.as_view(), name="api_revise_dataset"),
    path("datasets/<uuid:pk>/grade/", api.GradeDataset.as_view(), name="api_grade_dataset"),
    act_view(
        "datasets/<uuid:pk>/submit/",
        submit_dataset,
        scope=Scope.TRADE,
        gives=DatasetOut,
        summary="Submit a dataset for content review",
        about="Submit a dataset for content review.",
    ),
    act_view(
        "datasets/<uuid:pk>/approve/",
        approve_dataset,
        scope=Scope.ADMINISTER,
        takes=ApproveDatasetIn,
        gives=DatasetOut,
        summary="Approve the content of a dataset",
        about="Approve the content of a dataset, by a second person.",
    ),
    act_view(
        "datasets/<uuid:pk>/return/",
        return_dataset,
        scope=Scope.ADMINISTER,
        gives=DatasetOut,
        summary="Return a dataset for correction",
        about="Return a dataset with what has to be corrected, by a second person.",
    ),
    act_view(
        "datasets/<uuid:pk>/reopen/",
        reopen_dataset,
        scope=Scope.TRADE,
        gives=DatasetOut,
        summary="Open an approved dataset for changes",
    ),
    act_view(
        "datasets/<uuid:pk>/retire/",
        retire_dataset,
        scope=Scope.TRADE,
        gives=DatasetOut,
        about="Take a dataset out of use for good.",
    ),
]
