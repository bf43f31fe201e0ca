"""Addresses of the reporting year, one list for each place."""

from reporting.urls import figures, reports, search

app_name = "reporting"
urlpatterns = [*reports.urlpatterns, *figures.urlpatterns, *search.urlpatterns]
