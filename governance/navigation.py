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
from governance import permissions, shell
from governance.models import Removal, RemovalState
from governance.selectors.findings import open_findings


def imports(request: HttpRequest) -> bool:
    """The person brings letters in."""
    return Right.IMPORT_DOCUMENTS.value in held_rights(cast(PageRequest, request))


def answers(request: HttpRequest) -> bool:
    """The person answers for an agency that is heard."""
    return Right.ANSWER_HEARING.value in held_rights(cast(PageRequest, request))


def judges(request: HttpRequest) -> bool:
    """The person drafts or registers letters."""
    return Right.SEE_DRAFTS.value in held_rights(cast(PageRequest, request))


def reads_ledger(request: HttpRequest) -> bool:
    """The person reads the ledger of their own organisation: by a right on an agency it steers."""
    held = held_rights(cast(PageRequest, request))
    if not held & {Right.SEE_BUDGET.value, Right.MANAGE_LEDGER.value}:
        return False
    return permissions.may_see_ledger(cast(PageRequest, request).actor, clock.today())


def removes(request: HttpRequest) -> bool:
    """The person may take part in removing content from sent documents."""
    return Right.REMOVE_CONTENT.value in held_rights(cast(PageRequest, request))


def waiting_removals(request: HttpRequest) -> int:
    """How many requests wait for another person."""
    seen = Removal.objects.visible_to(cast(PageRequest, request).actor, clock.today())
    return seen.filter(state=RemovalState.ASKED).count()


def findings(request: HttpRequest) -> int:
    """How many findings are open: the same query as the page."""
    return open_findings(cast(PageRequest, request).actor, clock.today()).count()


def connect() -> None:
    """Called once when the app starts."""
    nav.register(_("Styringsdokumenter"), "governance:documents", "file-text", nav.STEER, order=10, under=("/utkast/",))
    nav.register(_("Uttalelser"), "governance:my_hearings", "chat", nav.STEER, order=15, right=answers)
    nav.register(_("Importer"), "governance:imports", "file-import", nav.STEER, order=20, right=imports)
    nav.register(_("Bevilgninger"), "governance:ledger", "wallet", nav.STEER, order=35, right=reads_ledger)
    nav.register(
        _("Åpne funn"), "governance:findings", "question", nav.FOLLOW_UP, order=75, right=judges, count=findings
    )
    nav.register(
        _("Fjerning av innhold"),
        "governance:removals",
        "archive",
        nav.ADMINISTER,
        order=85,
        right=removes,
        count=waiting_removals,
    )
    nav.register(_("Sletting"), "governance:retention", "archive", nav.ADMINISTER, order=90, right=shell.journals)
