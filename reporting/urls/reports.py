"""Addresses of reports."""

from django.urls import URLPattern, path

from reporting.views import report_files, report_send, reports

urlpatterns: list[URLPattern] = [
    path("rapporter/", reports.reports, name="reports"),
    path("rapporter/apne/<uuid:uuid>/", reports.report_open, name="report_open"),
    path("rapporter/registrer/<uuid:uuid>/", report_send.register, name="report_register"),
    path("rapporter/<uuid:uuid>/", reports.report, name="report"),
    path("rapporter/<uuid:uuid>/del/<slug:code>/", reports.report_section, name="report_section"),
    path("rapporter/<uuid:uuid>/hent/", reports.report_refresh, name="report_refresh"),
    path("rapporter/<uuid:uuid>/dekning/", reports.report_coverage, name="report_coverage"),
    path("rapporter/<uuid:uuid>/risiko/", reports.risk, name="risk_new"),
    path("rapporter/<uuid:uuid>/risiko/<uuid:risk_uuid>/", reports.risk, name="risk"),
    path("rapporter/<uuid:uuid>/til-signering/", report_send.for_signature, name="report_for_signature"),
    path("rapporter/<uuid:uuid>/ta-tilbake/", report_send.back_from_signature, name="report_take_back"),
    path("rapporter/<uuid:uuid>/signering/", report_send.sign, name="report_sign"),
    path("rapporter/<uuid:uuid>/rett/", report_send.correct, name="report_correct"),
    path("rapporter/<uuid:uuid>/mottak/", report_send.receive, name="report_receive"),
    path("rapporter/<uuid:uuid>/tilbakemelding/", report_send.feedback, name="report_feedback"),
    path("rapporter/<uuid:uuid>/forhandsvisning/", report_files.preview, name="report_preview"),
    path("rapporter/<uuid:uuid>/fil/<uuid:file_uuid>/", report_files.report_file, name="report_file"),
]
