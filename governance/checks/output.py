"""The document as a file, and who signed it: V-36 and V-37."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.checks.content import Content, Stage
from governance.checks.registry import Found, check
from governance.models import Severity

LONG = 12
ROLES = {"reading": gettext_lazy("leseutgaven"), "archive": gettext_lazy("arkivutgaven")}


@check("V-36", Severity.WARNING, gettext_lazy("PDF uten tittel, språk, bokmerker eller kontrollsum"))
def file_is_whole(content: Content) -> Iterable[Found]:
    """The letter gives a PDF with title, language and bookmarks, kept in two editions with their checksums.

    Tags and conformance are asserted where the files are made.
    """
    if content.stage is Stage.IMPORT:
        return
    around, place = content.around, _("PDF")
    if not around.title.strip() or not around.language:
        yield Found(_("Dokumentet mangler tittel eller målform, som PDF-en skal ha."), place=place)
    if around.made_here and len(around.words) > LONG and not any(words.heading for words in around.words):
        sentence = _("Dokumentet har ingen overskrifter. Da får PDF-en ingen bokmerker å finne fram etter.")
        yield Found(sentence, place=_("overskrifter"))
    made = {file.role: file for file in around.files}
    for role, name in ROLES.items():
        if around.files_due and role not in made:
            yield Found(_("PDF-en (%(name)s) er ikke laget ennå.") % {"name": name}, place=str(name))
        elif role in made and not made[role].sha256:
            yield Found(_("PDF-en (%(name)s) mangler kontrollsum.") % {"name": name}, place=str(name))


@check("V-37", Severity.WARNING, gettext_lazy("Signaturen er ufullstendig"), stages=(Stage.IMPORT, Stage.ISSUED))
def signatures(content: Content) -> Iterable[Found]:
    """Who signed is on record, had the power to on that date, and (e.f.) says on whose behalf."""
    if content.signers_known and not content.signers and not content.around.signatures:
        yield Found(_("Ingen signatur er registrert på dokumentet."), place=_("signatur"))
    for row in content.around.signatures:
        words, place = {"name": row.name}, _("signatur, %(name)s") % {"name": row.name}
        if row.by_authority and not row.represented.strip():
            sentence = _("%(name)s har signert etter fullmakt (e.f.), men det står ikke på vegne av hvem.")
            severity = "" if content.around.made_here else Severity.INFORMATION.value
            yield Found(sentence % words, place=place, severity=severity)
        if row.authorised is False:
            sentence = _("%(name)s hadde ikke fullmakt til å signere på brevets dato.")
            yield Found(sentence % words, place=place)
