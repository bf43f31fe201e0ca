"""Addresses of the assignment API."""

from django.urls import path

from assignments.api.views import AssignmentDetail, AssignmentList

urlpatterns = [
    path("assignments/", AssignmentList.as_view(), name="assignments"),
    path("assignments/<uuid:uuid>/", AssignmentDetail.as_view(), name="assignment"),
]
