"""Address of the search."""

from django.urls import path

from reporting.views.search import search

urlpatterns = [path("sok/", search, name="search")]
