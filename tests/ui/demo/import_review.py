"""Importer, gå gjennom (picture 03). The passages are our own words."""

from typing import Any

from django import forms

from core.visuals.parts import Action, Link, PageHead, Step
from governance.contexts import AccountPart, Choice, ImportReview, PassageLine, ReviewGroup, ReviewRow, Span


class RowForm(forms.Form):
    """The fields of the chosen row."""

    department = forms.CharField(label="Avdeling", initial="FHA")
    goal = forms.ChoiceField(label="Hovedmål", choices=[("H3", "H3 Forsyningssikkerhet og beredskap")])
    as_written = forms.CharField(
        label="Frist, slik den står",
        initial="15.januar 2026",
        required=False,
        widget=forms.TextInput(attrs={"readonly": True}),
    )
    read_as = forms.CharField(label="Lest som", initial="15. januar 2026 (torsdag)")
    deadline_is = forms.ChoiceField(label="Fristen er", choices=[("clarify", "Under avklaring"), ("set", "Riktig")])


def page() -> tuple[str, dict[str, Any]]:
    """Template and context."""
    review = ImportReview(
        head=PageHead(
            "Tildelingsbrev 2026, Direktoratet for medisinske produkter",
            "tildelingsbrev-dmp-2026.txt · 45 kB · lest inn 9. januar 2026 kl. 09.14 av Marte Lindqvist · lagret fortløpende",
            crumbs=[Link("Importer", "#i")],
        ),
        steps=[
            Step(1, "Lest inn", "done"),
            Step(2, "Gå gjennom", "current"),
            Step(3, "Om brevet"),
            Step(4, "Registrer"),
        ],
        accounted="214 av 214 avsnitt gjort rede for",
        parts=[
            AccountPart("structured", "0", "166", "137 i rader"),
            AccountPart("prose", "166", "71", "58 prosa"),
            AccountPart("furniture", "237", "23", "19 topp- og bunntekst"),
        ],
        ready="105 av 108 rader klare",
        unsure="3 usikre",
        findings=Link("4 funn", "#f"),
        passages=_passages(),
        kinds=[
            Link("Alle", "?", 108, current=True),
            Link("Hovedmål", "?t=1", 3),
            Link("Styringsparametere", "?t=2", 17),
            Link("Nøkkeltall", "?t=3", 20),
            Link("Oppdrag", "?t=4", 6),
            Link("Budsjett", "?t=5", 9),
            Link("Fullmakter", "?t=6", 6),
            Link("Rapporteringskrav", "?t=7", 29),
            Link("Fellesføringer", "?t=8", 3),
            Link("Kalender", "?t=9", 15),
        ],
        groups=[ReviewGroup("Oppdrag", "6 rader, 1 usikker", _rows())],
        locked="3 usikre rader må avgjøres først",
        next_unsure=Link("Neste usikre", "?rad=2"),
        onward=Action("Videre til «Om brevet»", "#videre"),
    )
    return "governance/import_review.html", {"review": review}


def _passages() -> list[PassageLine]:
    def line(number: int, text: str, kind: str = "structured", *, heading: bool = False, key: str = "") -> PassageLine:
        return PassageLine(number, [Span(text)], kind, heading, key=key, url=f"?avsnitt={number}")

    def chosen(number: int, *spans: Span, heading: bool = False) -> PassageLine:
        return PassageLine(number, spans, "structured", heading, chosen=True, key="5", url=f"?avsnitt={number}")

    return [
        line(117, "3.3.3. Oppdrag", heading=True),
        line(118, "TB2026-4 Avd. HOD: SHA Ny ordning for nasjonalt lager og distribusjon av vaksiner.", heading=True),
        line(119, "Ansvaret for lager og utkjøring av vaksiner er foreslått samlet ett sted fra neste år."),
        line(9, "Side 9 – bunntekst, holdt utenfor", "furniture"),
        line(120, "Tre virksomheter skal sammen legge fram hvordan oppgaven kan deles mellom dem og grossistene."),
        line(121, "Frist: Settes i dialog med direktoratet."),
        line(122, "Ett av direktoratene leder overføringen. Virkning fra 1. januar 2027."),
        chosen(
            123,
            Span("TB2026-5", "nummer"),
            Span(" "),
            Span("Avd. HOD: FHA", "avdeling"),
            Span(" "),
            Span("NAT-testing (nukleinsyretesting) i blodbankene", "tittel"),
            heading=True,
        ),
        chosen(124, Span("Virksomheten skal utrede en ny måte å teste blod på, etter utredningsinstruksen.")),
        chosen(125, Span("Frist: "), Span("15.januar 2026", "frist, slik den står", "brand2")),
        line(126, "TB2026-6 Avd. HOD: FHA Gjennomgå og revidere blodforskriften", heading=True),
        line(127, "Virksomheten skal se på om forskriften trenger tydeligere unntak i kriser."),
        line(128, "Frist: 15. januar 2027"),
        line(10, "Side 10 – bunntekst, holdt utenfor", "furniture"),
        line(129, "4. Budsjettildeling", heading=True),
        line(130, "(alle tall i 1 000 kroner)"),
    ]


def _rows() -> list[ReviewRow]:
    return [
        ReviewRow(
            "1", "TB2026-1", "Forsterke veiledning og raskere saksbehandlingstid for kliniske studier",
            "SHA · H1 · frist 31. desember 2026", "avsnitt 96–98", "?rad=1",
        ),
        ReviewRow(
            "2", "TB2026-2", "", "", "avsnitt 99–101", "?rad=2", "unsure", question="hvor slutter tittelen?",
            choice=Choice(
                "Tittel", "Evaluering av biotilsvarende bytte og vurdere ev. alternativer",
                "Tekst", "Ordningen med bytte i apotek har vart en stund …",
            ),
            choice_actions=[Action("Grensen er riktig", "#ja", post=True), Action("Flytt grensen", "#flytt")],
        ),
        ReviewRow("3", "TB2026-3", "Legemiddelgrunndata", "DIG · H1 · frist 31. desember 2026", "avsnitt 102–106", "?rad=3"),
        ReviewRow(
            "4", "TB2026-4", "Ny ordning for nasjonalt lager og distribusjon av vaksiner",
            "SHA · H3 · frist settes i dialog · teksten etter fristen hører med", "avsnitt 118–122", "?rad=4",
        ),
        ReviewRow(
            "5", "TB2026-5", "NAT-testing (nukleinsyretesting) i blodbankene", "", "avsnitt 123–125",
            "?rad=5", "question",
            chosen=True, form=RowForm(), form_url="#lagre", version=3,
            remark_title="Fristen kan være skrevet feil.",
            remark="Den kommer én måned etter budsjettvedtaket, og TB2026-6 har samme dag og måned ett år senere. Den "
            "lagres slik den står, regnes ikke som forsinket, og endres bare av et svar eller et supplerende brev.",
            buttons=[
                ("godta", "Godta rad", "G"), ("rett", "Rett", "R"), ("del", "Del", "D"),
                ("sammen", "Slå sammen", "S"), ("prosa", "Gjør om til prosa", "P"),
            ],
        ),
        ReviewRow("6", "TB2026-6", "Gjennomgå og revidere blodforskriften", "FHA · H3 · frist 15. januar 2027", "avsnitt 126–128", "?rad=6"),
    ]  # fmt: skip
