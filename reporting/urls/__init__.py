"""Addresses of the reporting year, one list for each place."""

from reporting.urls import calendar, figures, needs, overview, reminders, reports, search

app_name = "reporting"
rooms = (overview, needs, calendar, reminders, reports, figures, search)
urlpatterns = [pattern for room in rooms for pattern in room.urlpatterns]
