"""Addresses about people, roles and organisations."""

from django.urls import include, path

from agencies.views import me, organisations

urlpatterns = [
    *me.urlpatterns,
    path("", include((organisations.urlpatterns, "agencies"))),
]
