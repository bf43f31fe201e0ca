"""The sentences said when a file is not read. Codes are stable; sentences are in bokmål."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import Text, TooLarge, Unreadable

SIZE_LIMIT = 50 * 1024 * 1024
"""Largest file in bytes."""
UNPACKED_LIMIT = 200 * 1024 * 1024
"""Most bytes a package may unpack to."""
ROW_LIMIT = 5_000
"""Most table rows in one letter."""

SENTENCES: dict[str, Text] = {
    "empty_file": _("«%(name)s» er tom. Velg filen på nytt og last opp igjen."),
    "unknown_type": _(
        "«%(name)s» er en filtype som ikke kan leses. Bruk PDF, Word (.docx), OpenDocument (.odt), HTML,"
        " Markdown eller ren tekst."
    ),
    "wrong_extension": _(
        "«%(name)s» har en annen filtype enn navnet sier (%(found)s). Rett navnet eller lagre filen på nytt."
    ),
    "encrypted_file": _("«%(name)s» er beskyttet med passord. Fjern passordet og last opp på nytt."),
    "scanned_pdf": _(
        "«%(name)s» er skannet og har ikke tekst som kan leses. Skaff en PDF med tekst, eller skriv inn brevet."
    ),
    "damaged_file": _("«%(name)s» er skadet eller ufullstendig. Hent filen på nytt fra arkivet."),
    "macro_file": _("«%(name)s» inneholder makroer og blir ikke åpnet. Lagre dokumentet som .docx uten makroer."),
    "file_too_large": _("«%(name)s» er større enn grensen på 50 MB. Del opp filen, eller lagre den uten bilder."),
    "package_bomb": _("«%(name)s» pakkes ut til mye mer enn et brev kan inneholde, og blir ikke åpnet."),
    "package_path": _("«%(name)s» har filer med ulovlige stier og blir ikke åpnet. Pakk filene på nytt."),
    "package_nested": _("«%(name)s» inneholder en ny pakke. Pakk ut og last opp brevet for seg."),
    "package_empty": _("«%(name)s» inneholder ingen filer som kan leses som brev."),
    "table_too_large": _(
        "«%(name)s» har en tabell med over 5 000 rader. Det er ikke et styringsbrev. Last opp brevet uten tabellen."
    ),
    "no_text": _("«%(name)s» inneholder ikke tekst."),
    "not_norwegian": _("«%(name)s» er ikke skrevet på norsk. Bare brev på bokmål og nynorsk kan leses."),
    "annual_report": _(
        "«%(name)s» ser ut til å være en årsrapport, ikke et brev fra departementet. Registrer den under rapporter."
    ),
    "graded_text": _(
        "«%(name)s» er merket «%(found)s». Graderte opplysninger skal ikke inn i dette systemet. "
        "Filen er ikke lest. Bruk et godkjent gradert system."
    ),
    "no_files": _("Velg minst én fil."),
}


def refuse(code: str, name: str = "", found: str = "") -> Unreadable:
    """The error for a code; raise what this gives."""
    sentence = SENTENCES[code] % {"name": name, "found": found}
    kind = TooLarge if code == "file_too_large" else Unreadable
    return kind(sentence, code=code)
