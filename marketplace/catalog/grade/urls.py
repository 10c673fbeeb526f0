from django.urls import path

from marketplace.catalog.grade import api

api_patterns = [
    path("datasets/<uuid:pk>/grade/", api.GradeDataset.as_view(), name="api_grade_dataset"),
]
