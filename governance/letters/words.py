"""The fixed words of a letter in both written norms.

Like core.pdf.words, a table and not the message catalogues: a letter has its own language, and its bytes must not
depend on whether catalogues are compiled. A test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class LetterWords:
    """Headings, heads of columns and short phrases."""

    status: str
    draft: str
    greeting: str
    approved: str
    signed_elsewhere: str
    copy: str
    annexes: str
    sent_later: str
    expected: str
    sector_goals: str
    goals: str
    contributes: str
    parameters: str
    key_figures: str
    assignments: str
    joint: str
    standing: str
    no_deadline: str
    exempt: str
    exempt_by: str
    exempt_because: str
    deadline_inside: str
    read_inside: str
    budget: str
    allocation: str
    changes: str
    unit: str
    chapter_post: str
    name: str
    amount: str
    change: str
    new_total: str
    comment: str
    sum_expenses: str
    sum_incomes: str
    sum_changes: str
    hereof: str
    earmarked: str
    carried_over: str
    financed_by: str
    transferable: str
    to_assignment: str
    to_some_assignment: str
    by_letter: str
    by_point: str
    applies_to: str
    unclear: str
    authorisations: str
    up_to: str
    valid: str
    bodies: str
    expense_posts: str
    income_posts: str
    directives: str
    circular: str
    enclosures: str
    calendar: str
    calendar_note: str
    date: str
    weekday: str
    what: str
    budget_year: str
    note: str
    last_working_day: str
    number: str
    target: str
    baseline: str
    direction: str
    measured_in: str
    split_on: str
    measures: str
    requirements: str
    requirement: str
    when: str
    copy_to_auditor: str
    section: str
    copy_rules: str
    about: str
    recipient: str
    simultaneous: str
    not_simultaneous: str
    meeting_rules: str
    meeting: str
    minimum: str
    notice_duties: str
    notice: str
    lock_rules: str
    exception: str
    decider: str
    annex: str
    without_text: str


BOKMAL = LetterWords(
    status="Status",
    draft="Utkast, ikke utstedt",
    greeting="Med hilsen",
    approved="Dokumentet er godkjent elektronisk og har derfor ingen håndskreven signatur.",
    signed_elsewhere="Dokumentet er signert utenfor systemet og registrert her.",
    copy="Kopi",
    annexes="Vedlegg",
    sent_later="ettersendes",
    expected="ventes innen",
    sector_goals="Sektormål",
    goals="Mål",
    contributes="Bidrar til sektormål",
    parameters="Styringsparametere",
    key_figures="Nøkkeltall",
    assignments="Oppdrag",
    joint="Felles oppdrag med",
    standing="Stående oppdrag",
    no_deadline="ingen frist",
    exempt="Oppdrag unntatt offentlighet",
    exempt_by="Ansvarlig for unntaket",
    exempt_because="Unntatt offentlighet, jf. {0}.",
    deadline_inside="fremgår av oppdraget",
    read_inside="Teksten leses i Styringsdialog av dem som er gitt lesetilgang.",
    budget="Budsjett",
    allocation="Tildeling",
    changes="Endringer i tildelingen",
    unit="1 000 kroner",
    chapter_post="Kap./post",
    name="Benevnelse",
    amount="Tildeling",
    change="Endring",
    new_total="Ny sum",
    comment="Kommentar",
    sum_expenses="Sum utgifter",
    sum_incomes="Sum inntekter",
    sum_changes="Sum endringer",
    hereof="Herav",
    earmarked="øremerket",
    carried_over="Overført fra året før",
    financed_by="Finansieres av",
    transferable="Kan overføres",
    to_assignment="Til oppdrag",
    to_some_assignment="Til et oppdrag",
    by_letter="bokstav",
    by_point="punkt",
    applies_to="Gjelder",
    unclear="u: under avklaring, ikke regnet med i summen.",
    authorisations="Fullmakter",
    up_to="inntil",
    valid="gjelder til og med",
    bodies="gjelder for",
    expense_posts="utgifter",
    income_posts="inntekter",
    directives="Fellesføringer",
    circular="rundskriv",
    enclosures="Ettersendes",
    calendar="Styrings- og rapporteringskalender",
    calendar_note="Datoene står som i brevet. Faller en dato på lørdag, søndag eller helligdag, er siste virkedag før"
    " gitt til opplysning.",
    date="Dato",
    weekday="Ukedag",
    what="Tiltak",
    budget_year="Budsjettår",
    note="Merknad",
    last_working_day="Siste virkedag før",
    number="Nr.",
    target="Resultatkrav",
    baseline="Utgangspunkt",
    direction="Retning",
    measured_in="Enhet",
    split_on="Fordelt på",
    measures="Verdier",
    requirements="Rapporteringskrav",
    requirement="Krav",
    when="Når",
    copy_to_auditor="samtidig kopi til Riksrevisjonen",
    section="Punkt",
    copy_rules="Kopier",
    about="Gjelder",
    recipient="Mottaker",
    simultaneous="samtidig",
    not_simultaneous="uten krav om samtidighet",
    meeting_rules="Møter",
    meeting="Møte",
    minimum="Minst i året",
    notice_duties="Varsling",
    notice="Varsles om",
    lock_rules="Låsing av rapporter",
    exception="Unntak",
    decider="Åpnes av",
    annex="Vedlegg",
    without_text="Dokumentet er registrert uten tekst.",
)

NYNORSK = LetterWords(
    status="Status",
    draft="Utkast, ikkje sendt",
    greeting="Med helsing",
    approved="Dokumentet er godkjent elektronisk og har derfor inga handskriven signatur.",
    signed_elsewhere="Dokumentet er signert utanfor systemet og registrert her.",
    copy="Kopi",
    annexes="Vedlegg",
    sent_later="blir sendt seinare",
    expected="venta innan",
    sector_goals="Sektormål",
    goals="Mål",
    contributes="Bidreg til sektormål",
    parameters="Styringsparametrar",
    key_figures="Nøkkeltal",
    assignments="Oppdrag",
    joint="Felles oppdrag med",
    standing="Ståande oppdrag",
    no_deadline="ingen frist",
    exempt="Oppdrag unnateke offentlegheit",
    exempt_by="Ansvarleg for unntaket",
    exempt_because="Unnateke offentlegheit, jf. {0}.",
    deadline_inside="går fram av oppdraget",
    read_inside="Teksten blir lesen i Styringsdialog av dei som har fått lesetilgang.",
    budget="Budsjett",
    allocation="Tildeling",
    changes="Endringar i tildelinga",
    unit="1 000 kroner",
    chapter_post="Kap./post",
    name="Nemning",
    amount="Tildeling",
    change="Endring",
    new_total="Ny sum",
    comment="Kommentar",
    sum_expenses="Sum utgifter",
    sum_incomes="Sum inntekter",
    sum_changes="Sum endringar",
    hereof="Av dette",
    earmarked="øyremerkt",
    carried_over="Overført frå året før",
    financed_by="Finansiert av",
    transferable="Kan overførast",
    to_assignment="Til oppdrag",
    to_some_assignment="Til eit oppdrag",
    by_letter="bokstav",
    by_point="punkt",
    applies_to="Gjeld",
    unclear="u: under avklaring, ikkje rekna med i summen.",
    authorisations="Fullmakter",
    up_to="inntil",
    valid="gjeld til og med",
    bodies="gjeld for",
    expense_posts="utgifter",
    income_posts="inntekter",
    directives="Fellesføringar",
    circular="rundskriv",
    enclosures="Blir sendt seinare",
    calendar="Styrings- og rapporteringskalender",
    calendar_note="Datoane står som i brevet. Fell ein dato på laurdag, sundag eller heilagdag, er siste vyrkedag før"
    " gitt til opplysning.",
    date="Dato",
    weekday="Vekedag",
    what="Tiltak",
    budget_year="Budsjettår",
    note="Merknad",
    last_working_day="Siste vyrkedag før",
    number="Nr.",
    target="Resultatkrav",
    baseline="Utgangspunkt",
    direction="Retning",
    measured_in="Eining",
    split_on="Fordelt på",
    measures="Verdiar",
    requirements="Rapporteringskrav",
    requirement="Krav",
    when="Når",
    copy_to_auditor="samtidig kopi til Riksrevisjonen",
    section="Punkt",
    copy_rules="Kopiar",
    about="Gjeld",
    recipient="Mottakar",
    simultaneous="samtidig",
    not_simultaneous="utan krav om samtidigheit",
    meeting_rules="Møte",
    meeting="Møte",
    minimum="Minst i året",
    notice_duties="Varsling",
    notice="Varsle om",
    lock_rules="Låsing av rapportar",
    exception="Unntak",
    decider="Blir opna av",
    annex="Vedlegg",
    without_text="Dokumentet er registrert utan tekst.",
)

#: Values of closed lists as a letter in nynorsk says them; those not here are the same in both norms.
_NN_VALUES: Mapping[str, str] = {
    "høyere er bedre": "høgare er betre",
    "lavere er bedre": "lågare er betre",
    "holdes på nivået": "haldast på nivået",
    "i budsjett- og regnskapsrapporten": "i budsjett- og rekneskapsrapporten",
    "i virksomhetsrapporten": "i verksemdsrapporten",
    "ved hendelse": "ved hending",
    "løpende": "løpande",
    "så tidlig som mulig": "så tidleg som mogleg",
    "når det skjer": "når det skjer",
    "før handlingen": "før handlinga",
    "gjentas": "blir teke opp att",
    "virksomhetsrapport": "verksemdsrapport",
    "budsjett- og regnskapsrapport": "budsjett- og rekneskapsrapport",
    "instruks, tildelingsbrev og supplerende brev": "instruks, tildelingsbrev og supplerande brev",
    "supplerende tildelingsbrev": "supplerande tildelingsbrev",
    "tilbakemelding på rapport": "tilbakemelding på rapport",
    "foreløpig vurdering": "førebels vurdering",
    "endelig leveranse": "endeleg leveranse",
    "virksomhetens leder": "leiaren av verksemda",
}


def words_for(language: str) -> LetterWords:
    """The words of a letter in ``nb`` or ``nn``."""
    return NYNORSK if language == "nn" else BOKMAL


def value_words(label: str, language: str) -> str:
    """The label of a value of a closed list, in the letter's norm."""
    return _NN_VALUES.get(label, label) if language == "nn" else label


WORD_NAMES = tuple(field.name for field in fields(LetterWords))
