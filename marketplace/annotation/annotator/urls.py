from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.annotator import views
from marketplace.annotation.annotator.tables import WorkTable
from marketplace.annotation.batch.filters import WorkFilters
from marketplace.annotation.batch.selectors import work_open_to
from marketplace.annotation.batch.services import hand_in_batch
from marketplace.web.act_pages import act_page
from marketplace.web.lists import list_of

urlpatterns = [
    list_of(
        "labelling-work/",
        work_open_to,
        WorkTable,
        "annotation/work_list.html",
        filters=WorkFilters,
        name="labelling_work_list",
    ),
    path("labelling-work/<uuid:pk>/", views.labelling_work, name="labelling_work"),
    path("labelling-work/<uuid:pk>/take/", views.batch_take, name="batch_take"),
    path("batches-of-items/<uuid:pk>/", views.item_batch, name="item_batch"),
    act_page(
        "batches-of-items/<uuid:pk>/hand-in/",
        hand_in_batch,
        done=_("The batch is handed in."),
        onto="item_batch",
        name="batch_hand_in",
    ),
    path("batches-of-items/<uuid:pk>/items/", views.batch_items_file, name="batch_items_file"),
    path("labelling/batches/<uuid:pk>/take-in/", views.labels_take_in, name="labels_take_in"),
    path("labelling-items/<uuid:pk>/label/", views.item_label, name="item_label"),
]
