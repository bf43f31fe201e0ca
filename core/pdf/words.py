"""Every word the system sets around what people wrote, in both written standards.

A document has its own language, apart from the reader's, and a stored file must come out the same
on a machine where the message catalogues are not compiled. So these words are a table in code and
not gettext; a test holds the two standards against each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a document."""

    contents: str
    table: str
    figure: str
    section: str
    part: str
    page: str
    of: str
    annexes: str
    our_reference: str
    your_reference: str
    date: str
    case_officer: str
    greeting: str
    copy: str
    on_behalf: str
    department: str
    deadline: str
    deadline_in_letter: str
    current_deadline: str
    case: str
    version: str
    number: str
    requirement: str
    answer: str
    finding: str
    verbatim: str
    to: str
    note: str
    footnote: str
    data_table: str


BOKMAL = Words(
    contents="Innhold",
    table="Tabell",
    figure="Figur",
    section="punkt",
    part="del",
    page="Side",
    of="av",
    annexes="Vedlegg",
    our_reference="Vår ref.",
    your_reference="Deres ref.",
    date="Dato",
    case_officer="Saksbehandler",
    greeting="Med hilsen",
    copy="Kopi",
    on_behalf="(e.f.)",
    department="Avd.",
    deadline="Frist",
    deadline_in_letter="Frist i brevet",
    current_deadline="Gjeldende frist",
    case="sak",
    version="versjon",
    number="Nr.",
    requirement="Kravet",
    answer="Svaret",
    finding="Avvik",
    verbatim="ordrett",
    to="Til",
    note="Merknad",
    footnote="Fotnote",
    data_table="Tallene bak figuren",
)

NYNORSK = Words(
    contents="Innhald",
    table="Tabell",
    figure="Figur",
    section="punkt",
    part="del",
    page="Side",
    of="av",
    annexes="Vedlegg",
    our_reference="Vår ref.",
    your_reference="Dykkar ref.",
    date="Dato",
    case_officer="Saksbehandlar",
    greeting="Med helsing",
    copy="Kopi",
    on_behalf="(e.f.)",
    department="Avd.",
    deadline="Frist",
    deadline_in_letter="Frist i brevet",
    current_deadline="Gjeldande frist",
    case="sak",
    version="versjon",
    number="Nr.",
    requirement="Kravet",
    answer="Svaret",
    finding="Avvik",
    verbatim="ordrett",
    to="Til",
    note="Merknad",
    footnote="Fotnote",
    data_table="Tala bak figuren",
)

_BY_LANGUAGE = {"nb": BOKMAL, "nn": NYNORSK}


def words_for(lang: str) -> Words:
    """The words of a document in ``lang`` (``nb`` or ``nn``)."""
    return _BY_LANGUAGE[lang]
