"""The document as such: copies, exemption, parties, nothing lost (V-13, V-30, V-33, V-40)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies import orgnr
from core.formatting import listing
from governance.checks.content import Content, Row, Stage
from governance.checks.registry import Found, check, each
from governance.models import Severity


@check(
    "V-13",
    Severity.STOPS,
    gettext_lazy("Kopilisten mangler en mottaker etter gjeldende regel"),
    stages=(Stage.IMPORT, Stage.DRAFT),
)
def copies_complete(content: Content) -> Iterable[Found]:
    """A letter made here goes in copy to someone by rule; one sent elsewhere names those the rule demands."""
    if content.is_draft:
        yield from _copies_of_draft(content)
        return
    if not content.copies_named:
        return
    named = {name.casefold() for name in content.copies_named}
    missing = [party.name for party in content.copies_by_rule if party.name.casefold() not in named]
    if missing:
        sentence = _("Brevet nevner ikke %(names)s under kopi, slik regelen sier.") % {"names": listing(missing)}
        yield Found(sentence, place=_("kopi"), severity=Severity.WARNING.value)


def _copies_of_draft(content: Content) -> Iterable[Found]:
    if not content.copies_by_rule:
        sentence = _("Ingen får kopi av dokumentet. Registrer instruksen eller en kopiregel først.")
        yield Found(sentence, place=_("kopi"))
    if content.copies_lacking:
        sentence = _("Kopilisten mangler %(missing)s. Registrer mottakeren blant organisasjonene først.")
        yield Found(sentence % {"missing": listing(list(content.copies_lacking))}, place=_("kopi"))
    for party in content.copies_by_rule:
        if not party.has_mailbox:
            sentence = _("%(name)s skal ha kopi, men har ikke noe postmottak. Registrer postmottaket først.")
            yield Found(sentence % {"name": party.name}, place=_("kopi, %(name)s") % {"name": party.short})


@check("V-30", Severity.STOPS, gettext_lazy("Unntatt uten hjemmel"))
def exemption_has_basis(content: Content) -> Iterable[Found]:
    """What is exempt from publicity has its legal basis."""

    def sentence(row: Row) -> str:
        if row.data.get("exempt") and not row.text("exempt_basis").strip():
            return _("Oppdraget er unntatt offentlighet uten hjemmel. Skriv hjemmelen, for eksempel «offl. § 15».")
        return ""

    return each(content.of("assignment"), sentence)


@check("V-33", Severity.STOPS, gettext_lazy("Organisasjonsnummer eller levetid stemmer ikke"))
def parties_exist(content: Content) -> Iterable[Found]:
    """Both parties have a valid number and exist on the letter's date."""
    day = content.dated or content.day
    for party in (content.issuer, content.recipient):
        if party is None:
            continue
        if party.number is None:
            sentence = _("%(name)s er registrert uten organisasjonsnummer.") % {"name": party.name}
            yield Found(sentence, place=party.short, severity=Severity.WARNING.value)
        elif not orgnr.is_valid(party.number):
            sentence = _("Organisasjonsnummeret til %(name)s har feil kontrollsiffer.") % {"name": party.name}
            yield Found(sentence, place=party.short)
        if (party.active_from and day < party.active_from) or (party.active_to and day > party.active_to):
            sentence = _("%(name)s fantes ikke på brevets dato.") % {"name": party.name}
            yield Found(sentence, place=party.short)


@check("V-40", Severity.STOPS, gettext_lazy("Linjer som ikke er gjort rede for"), stages=(Stage.IMPORT,))
def nothing_lost(content: Content) -> Iterable[Found]:
    """Every source line is a row, prose or page furniture."""
    if content.lost_lines:
        sentence = _("%(count)s linjer i filen er ikke med i noe avsnitt. Den første er «%(line)s».")
        yield Found(sentence % {"count": len(content.lost_lines), "line": content.lost_lines[0][:80]}, place=_("filen"))
