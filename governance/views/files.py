"""The one view that gives out stored files, by permanent id and with rights (decision A16)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core import clock, files
from core.errors import NotFound
from core.models import StoredFile
from core.pages import PageRequest, page, signed_in
from governance.files import may_read


@page(signed_in)
def stored_file(request: PageRequest, uuid: object) -> HttpResponse:
    """The bytes, always as an attachment; a browser never runs what is in them."""
    stored = StoredFile.objects.by_uuid(uuid).first()
    if stored is None or not may_read(request.actor, stored, clock.today()):
        raise NotFound(_("Filen finnes ikke, eller du har ikke tilgang til den."))
    response = HttpResponse(files.read(stored), content_type=stored.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [path("filer/<uuid:uuid>/", stored_file, name="file")]
