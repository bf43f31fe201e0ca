"""Menu lines of documents, imports and findings."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.pages import held_rights
from agencies.rights import Right
from core import clock
from core import navigation as nav
from core.pages import PageRequest
from governance.selectors.findings import open_findings


def imports(request: HttpRequest) -> bool:
    """The person brings letters in."""
    return Right.IMPORT_DOCUMENTS.value in held_rights(cast(PageRequest, request))


def judges(request: HttpRequest) -> bool:
    """The person drafts or registers letters."""
    return Right.SEE_DRAFTS.value in held_rights(cast(PageRequest, request))


def findings(request: HttpRequest) -> int:
    """How many findings are open: the same query as the page."""
    return open_findings(cast(PageRequest, request).actor, clock.today()).count()


def connect() -> None:
    """Called once when the app starts."""
    nav.register(_("Styringsdokumenter"), "governance:documents", "file-text", nav.STEER, order=10, under=("/utkast/",))
    nav.register(_("Importer"), "governance:imports", "file-import", nav.STEER, order=20, right=imports)
    nav.register(
        _("Åpne funn"), "governance:findings", "question", nav.FOLLOW_UP, order=75, right=judges, count=findings
    )
