"""Read on a page what the local mail server of `make run` received. Exists only under DEBUG."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.visuals.parts import Link, PageHead

NAME = re.compile(r"\d+-\d+")
SHOWN = 200


@dataclass(frozen=True)
class LocalMail:
    """One received message as the page shows it."""

    name: str
    subject: str
    recipients: str
    at: datetime | None
    text: str
    attachments: tuple[str, ...]
    has_html: bool


@login_not_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest messages first."""
    head = PageHead(title=_("Lokal e-post"), lead=_("Det systemet har sendt på denne maskinen. Ingenting går ut."))
    files = sorted(_folder().glob("*.eml"), reverse=True)[:SHOWN]
    return render(request, "config/local_mail.html", {"head": head, "mails": [_read(file) for file in files]})


@login_not_required
@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One message as text."""
    file = _folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not file.exists():
        raise Http404
    mail = _read(file)
    head = PageHead(title=mail.subject, crumbs=[Link(_("Lokal e-post"), reverse("local_mail"))])
    return render(request, "config/local_mail_message.html", {"head": head, "mail": mail})


def _folder() -> Path:
    return Path(str(settings.MAIL_SINK_ROOT))


def _read(file: Path) -> LocalMail:
    parsed = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = parsed.get_body(("plain",))
    try:
        at = parsedate_to_datetime(str(parsed["Date"]))
    except (TypeError, ValueError):
        at = None
    return LocalMail(
        name=file.stem,
        subject=str(parsed["Subject"] or _("Uten emne")),
        recipients=str(parsed["X-RcptTo"] or parsed["To"] or ""),
        at=at,
        text=str(body.get_content()) if body else "",
        attachments=tuple(part.get_filename() or "" for part in parsed.iter_attachments()),
        has_html=parsed.get_body(("html",)) is not None,
    )
