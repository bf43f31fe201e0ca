"""Addresses of the reporting year, one list for each place."""

from reporting.urls import figures, reports

app_name = "reporting"
urlpatterns = [*reports.urlpatterns, *figures.urlpatterns]
