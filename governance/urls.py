"""Addresses of the governing documents, one list per room."""

from governance.views import (
    after_issue,
    approvals,
    copies,
    copy_matrix,
    documents,
    drafts,
    enclosures,
    files,
    findings,
    import_batches,
    import_details,
    import_review,
    imports,
    journal,
    ledger,
    outputs,
    returned,
    supplements,
)

app_name = "governance"
urlpatterns = [
    *findings.urlpatterns,
    *drafts.urlpatterns,
    *documents.urlpatterns,
    *import_batches.urlpatterns,
    *imports.urlpatterns,
    *import_review.urlpatterns,
    *import_details.urlpatterns,
    *journal.urlpatterns,
    *copies.urlpatterns,
    *copy_matrix.urlpatterns,
    *after_issue.urlpatterns,
    *files.urlpatterns,
    *outputs.urlpatterns,
    *returned.urlpatterns,
    *enclosures.urlpatterns,
    *ledger.urlpatterns,
    *approvals.urlpatterns,
    *supplements.urlpatterns,
]
