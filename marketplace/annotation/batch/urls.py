"""The addresses of annotators."""

from django.urls import path

from marketplace.annotation.batch import api, views

urlpatterns = [
    path("labelling-work/", views.work_list, name="labelling_work_list"),
    path("labelling-work/<uuid:pk>/", views.labelling_work, name="labelling_work"),
    path("labelling-work/<uuid:pk>/take/", views.batch_take, name="batch_take"),
    path("batches-of-items/<uuid:pk>/", views.item_batch, name="item_batch"),
    path("batches-of-items/<uuid:pk>/hand-in/", views.batch_hand_in, name="batch_hand_in"),
    path("batches-of-items/<uuid:pk>/items/", views.batch_items_file, name="batch_items_file"),
    path("labelling/batches/<uuid:pk>/take-in/", views.labels_take_in, name="labels_take_in"),
    path("labelling-items/<uuid:pk>/label/", views.item_label, name="item_label"),
]

api_patterns = [
    path("labelling-tasks/", api.Work.as_view(), name="api_list_labelling_work"),
    path("labelling-tasks/<uuid:pk>/", api.OneWork.as_view(), name="api_get_labelling_work"),
    path("labelling-tasks/<uuid:pk>/take/", api.TakeBatch.as_view(), name="api_take_batch"),
    path("batches-of-items/", api.Batches.as_view(), name="api_list_item_batches"),
    path("batches-of-items/<uuid:pk>/", api.OneBatch.as_view(), name="api_get_item_batch"),
    path(
        "batches-of-items/<uuid:pk>/hand-in/", api.HandInBatch.as_view(), name="api_hand_in_batch"
    ),
    path(
        "batches-of-items/<uuid:pk>/items/",
        api.SaveBatchItems.as_view(),
        name="api_save_batch_items",
    ),
    path(
        "batches-of-items/<uuid:pk>/labels/take-in/",
        api.TakeLabelsIn.as_view(),
        name="api_take_labels_in",
    ),
    path("labelling-items/<uuid:pk>/look/", api.LookAtItem.as_view(), name="api_look_at_item"),
    path("labelling-items/<uuid:pk>/label/", api.LabelItem.as_view(), name="api_label_item"),
]
