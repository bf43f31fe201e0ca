"""Rapport, skriv (picture 06). The letter's words are our own."""

from typing import Any

from django import forms

from core.visuals.badges import Badge, badge_for
from core.visuals.meter import delivery_meter
from core.visuals.parts import Action, Link, Locked, PageHead, Tag
from reporting.contexts import Block, ChangeSpan, Missing, OutlineLine, ParameterRow, ReportAssignment, ReportEditor

CHANGED = Tag("Endret siden sist", "pencil-line", "changed")
NEW = Tag("Ny siden sist", "plus", "changed")


class SectionForm(forms.Form):
    """The fields of the section."""

    answer = forms.CharField(
        label="Vurdering av måloppnåelse",
        widget=forms.Textarea(attrs={"rows": 6}),
        initial="Målet ventes nådd ved årsslutt, med ett forbehold. Antall meldte mangler er lavere enn i fjor, men flere "
        "av dem er kritiske.\n\nTilsyn i forsyningskjeden gjennomføres etter plan.",
    )
    nothing = forms.BooleanField(label="Ingen vesentlige avvik å melde", required=False)
    parameter = forms.ChoiceField(
        label="Vurdering", choices=[("", "Velg vurdering"), ("on_track", "I rute")], required=False
    )


def page() -> tuple[str, dict[str, Any]]:
    """Template and context."""
    form = SectionForm()
    editor = ReportEditor(
        head=PageHead(
            "Virksomhetsrapport per 2. tertial 2026",
            "Frist i brevet 9. oktober 2026 (fredag), om 7 virkedager · til Helse- og omsorgsdepartementet, kopi til "
            "Riksrevisjonen samtidig",
            crumbs=[Link("Rapporter", "#r"), Link("2026", "#a")],
        ),
        saved="Lagret kl. 10.42 · Håkon Vestby skriver i del 3",
        missing_count=3,
        missing_words="34 av 37 krav besvart",
        preview=Action("Forhåndsvis PDF", "#pdf", "file-pdf"),
        send=Action("Send til signering", "#send", locked="3 mangler før innsending"),
        outline=[
            OutlineLine("1 Samlet vurdering", "#1", "2 av 2", True),
            OutlineLine("2 Rask tilgang", "#2", "7 av 7", True),
            OutlineLine("3 Sikkerhet og riktig bruk", "#3", "5 av 6", False),
            OutlineLine("4 Forsyningssikkerhet", "#4", "7 av 8", False, current=True),
            OutlineLine("5 Andre krav i brevet", "#5", "1 av 1", True),
            OutlineLine("6 Risiko og vesentlighet", "#6", "2 av 3", False),
            OutlineLine("7 Langtidsprognoser, økonomi", "#7", "1 av 1", True),
            OutlineLine("Vedlegg: oppdragsstatus", "#8", "9 av 9", True),
        ],
        missing=[
            Missing(Link("Del 3:", "#3"), "tiltak mot forventet avvik, behandling av bivirkningsmeldinger"),
            Missing(Link("Del 4:", "#4"), "vurdering av oppfølging av mangelmeldinger"),
            Missing(Link("Del 6:", "#6"), "ansvarlig for risiko 2"),
        ],
        locked=Locked(
            "Send til signering",
            "Åpnes når ingenting mangler. Direktøren signerer og sender inn. Stedfortreder kan signere.",
        ),
        section_title="4 Forsyningssikkerhet og beredskap",
        section_note="7 av 8 krav besvart",
        changes_label="Vis endringer siden 2. tertial 2025",
        changes_on=True,
        changes_url="?endringer=",
        save_url="#lagre",
        version=12,
        blocks=[_text(form), _parameters(form), _assignments()],
    )
    return "reporting/report_editor.html", {"editor": editor}


def _text(form: SectionForm) -> Block:
    return Block(
        "Brevet, punkt 6.1",
        [
            "Gi en samlet vurdering under hvert mål, med vekt på det som ikke går som planlagt, og hva som gjøres med det."
        ],
        "Vurdering av måloppnåelse",
        "text",
        changed=CHANGED,
        field=form["answer"],
        nothing_field=form["nothing"],
        words="50 ord, forrige gang 19",
        spans=[
            ChangeSpan("Målet ventes nådd ved årsslutt, med ett forbehold. Antall meldte mangler er "),
            ChangeSpan("stabilt", "removed"),
            ChangeSpan(" "),
            ChangeSpan("lavere enn i fjor, men flere av dem er kritiske", "added"),
            ChangeSpan(".\n\nTilsyn i forsyningskjeden gjennomføres etter plan."),
        ],
    )


def _parameters(form: SectionForm) -> Block:
    good, risk = badge_for("outlook", "on_track"), badge_for("outlook", "at_risk")

    def row(number: int, title: str, before: Badge | None, now: Badge | None, **more: Any) -> ParameterRow:
        return ParameterRow(str(number), title, before, now, **more)

    return Block(
        "Brevet, punkt 3.3.1",
        ["Seks parametere, blant dem samarbeid i Norden og Europa, virkemidler for tilgang og mangelmeldinger."],
        "Styringsparametere",
        "parameters",
        note="5 av 6 vurdert",
        before_label="2. tertial 2025",
        parameters=[
            row(1, "Nasjonale strukturer for beredskap", good, good),
            row(2, "Nordisk og europeisk samarbeid", good, good),
            row(3, "Virkemidler for tilgang", good, risk, changed=CHANGED),
            row(4, "Oppfølging av mangelmeldinger", risk, None, field=form["parameter"], missing=True),
            row(5, "Overvåke markedet", None, good, changed=NEW),
            row(6, "Risikobaserte tilsyn i forsyningskjeden", good, good),
        ],
    )


def _assignments() -> Block:
    def row(
        number: str, title: str, text: str, done: int, total: int, source: str, tag: Tag | None = CHANGED
    ) -> ReportAssignment:
        meter = delivery_meter(delivered=done, total=total)
        return ReportAssignment(Link(number, "#o"), title, text, meter, source, Link("Endre i oppdraget", "#e"), tag)

    return Block(
        "Brevet, punkt 6.1",
        ["Status for oppdragene tas med i vedlegg til rapporten og i årsrapporten."],
        "Oppdrag under målet",
        "assignments",
        note="3 av 3, fylt ut fra delt status",
        assignments=[
            row(
                "TB2026-4", "Ny ordning for nasjonalt lager og distribusjon av vaksiner",
                "Forslag til innretning er levert. Gevinster utredes, samlet forslag kommer i desember.", 2,
                4,
                "hentet fra delt status 21. september 2026, versjon 5",
            ),
            row(
                "TB2026-5", "NAT-testing (nukleinsyretesting) i blodbankene",
                "Utredningen følger planen. Høring hos blodbankene er ferdig.", 0, 1,
                "hentet fra delt status 18. september 2026, versjon 3",
            ),
            row(
                "TB2026-6", "Gjennomgå og revidere blodforskriften",
                "Behov for unntak er kartlagt. Utkast er under arbeid.", 0, 1,
                "hentet fra delt status 3. september 2026, versjon 2", None,
            ),
        ],
    )  # fmt: skip
