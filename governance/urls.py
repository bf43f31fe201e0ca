"""Addresses of the governing documents, one list per room."""

from governance.views import (
    copies,
    documents,
    drafts,
    files,
    findings,
    import_details,
    import_review,
    imports,
    journal,
)

app_name = "governance"
urlpatterns = [
    *findings.urlpatterns,
    *drafts.urlpatterns,
    *documents.urlpatterns,
    *imports.urlpatterns,
    *import_review.urlpatterns,
    *import_details.urlpatterns,
    *journal.urlpatterns,
    *copies.urlpatterns,
    *files.urlpatterns,
]
