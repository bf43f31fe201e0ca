"""Addresses of assignments, one list per room."""

from assignments.views import agency, lists, ministry, passports

app_name = "assignments"
urlpatterns = [*lists.urlpatterns, *agency.urlpatterns, *ministry.urlpatterns, *passports.urlpatterns]
