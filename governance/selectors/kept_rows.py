"""The rows of an issued letter as HTML, made once and kept in the process: a frozen letter never says anything else.

The key holds the letter's checksum and everything that differs from reader to reader. A letter with exempt
assignments is made anew for each reader, so that nothing exempt is ever kept (decision B2). Names of departments and
bodies that change are seen when the time has run out (settings.KEPT_ROWS).
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.canonical import canonical_json
from governance.models import SteeringDocument
from governance.selectors.content import content_of
from governance.selectors.followed import Followed
from governance.selectors.rule_tables import OF_LETTER, rule_tables

TEMPLATE = "governance/_document_rows.html"


def letter_rows(document: SteeringDocument, own: Followed, day: date, change_url: str = "") -> SafeString:
    """The rows for one reader. ``change_url`` is where the reader changes the letter; empty for most."""
    if own.any_exempt or not document.sha256:
        return _made(document, own, day, change_url)
    kept = caches["rows"]
    key = _key(document, own, change_url)
    found: SafeString | None = kept.get(key)
    if found is None:
        found = _made(document, own, day, change_url)
        kept.set(key, found)
    return found


def _made(document: SteeringDocument, own: Followed, day: date, change_url: str) -> SafeString:
    content = content_of(document, own, day)
    context = {"content": content, "rules": rule_tables(document, OF_LETTER), "change_url": change_url}
    return render_to_string(TEMPLATE, context)


def _key(document: SteeringDocument, own: Followed, change_url: str) -> str:
    pages = sorted((str(item), url) for item, url in own.pages.items())
    cited = sorted((str(key), one.words, one.url) for key, one in own.meanings.items())
    seen = [str(document.uuid), document.sha256, document.version, get_language(), change_url, pages, cited]
    return sha256(canonical_json(seen)).hexdigest()
