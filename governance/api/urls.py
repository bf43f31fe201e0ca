"""Addresses of the document API."""

from django.urls import path

from governance.api.views import DocumentDetail

urlpatterns = [path("documents/<uuid:uuid>/", DocumentDetail.as_view(), name="document")]
