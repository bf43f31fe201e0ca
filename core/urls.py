"""Addresses of pages that belong to no domain."""

from django.urls import path

from core.views import gallery

urlpatterns = [
    path("komponenter/", gallery.components, name="components"),
]
