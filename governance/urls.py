"""Addresses of the governing documents, one list per room."""

from governance.views import copies, drafts, journal

app_name = "governance"
urlpatterns = [*drafts.urlpatterns, *journal.urlpatterns, *copies.urlpatterns]
