"""Addresses of the reporting year, one list for each place."""

from reporting.urls import calendar, figures, overview, reminders, reports, search

app_name = "reporting"
rooms = (overview, calendar, reminders, reports, figures, search)
urlpatterns = [pattern for room in rooms for pattern in room.urlpatterns]
