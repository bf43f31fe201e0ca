"""Assignment passport: everything about one assignment, shared content only."""

from datetime import UTC, datetime

from core.pdf import blocks as b


def passport() -> b.Document:
    """TB2026-4 as of 28 May 2026."""
    meta = b.Meta(
        title="Oppdragspass TB2026-4: Ny ordning for nasjonalt lager og distribusjon av vaksiner",
        author="Helse- og omsorgsdepartementet",
        lang="nb",
        created=datetime(2026, 5, 28, 8, 42, tzinfo=UTC),
        name="Skrevet ut 28. mai 2026 kl. 10.42",
        organisation="Marte Lindqvist",
        head="Oppdragspass TB2026-4, DMP",
    )
    return b.Document(meta=meta, blocks=(*_top(), *_deliveries(), *_about(), *_history()))


def _top() -> tuple[b.Block, ...]:
    return (
        b.TitleBlock(
            over=(b.Span("TB2026-4", code=True), " til Direktoratet for medisinske produkter"),
            title="Ny ordning for nasjonalt lager og distribusjon av vaksiner",
            compact=True,
        ),
        b.Chips(
            (
                b.Status("I arbeid", "half"),
                "Felles: DMP leder, Hdir, FHI",
                "H3 Forsyningssikkerhet og beredskap",
                "Avd. SHA",
                "1 av 4 levert · neste 15. september",
            )
        ),
        b.Paragraph("Oppdragspass, delt innhold per 28. mai 2026. Interne notater i HOD er ikke med.", "note"),
        b.Section("Dette sier brevet"),
        b.Quote(
            (
                "Direktoratet skal, sammen med to andre etater, foreslå hvordan vaksiner kan lagres og fordeles. "
                "Mulige gevinster skal regnes ut som en del av arbeidet.",
                "Frist: Settes i dialog med direktoratet.",
            ),
            source="Tildelingsbrev 2026, punkt 3.3.3, avsnitt 118–122. Bygger på Prop. 20 S (2025–2026). Overføringen "
            "til Helsedirektoratet har virkning fra 1. januar 2027.",
        ),
        b.BoxedFacts(
            (
                ("Frist i brevet", "Settes i dialog", "Endres aldri. Tildelingsbrev 22. desember 2025"),
                (
                    "Gjeldende frist, siste leveranse",
                    "15. desember 2026 (tirsdag)",
                    "Besluttet 28. april 2026, brev dok. 25/4127-16",
                ),
            ),
            title="Frister",
        ),
    )


def _deliveries() -> tuple[b.Block, ...]:
    def row(number: str, what: str, deadline: str, about: str, status: b.Status, more: str = "") -> b.Row:
        return b.Row(
            (
                number,
                b.Span(what, strong=True),
                "i dialog",
                b.Cell((deadline, b.Span(about, muted=True))),
                b.Cell((status, more)) if more else status,
            )
        )

    not_begun = b.Status("Ikke begynt", "open")
    return (
        b.Section("Leveranser"),
        b.Table(
            columns=(
                b.Column("Nr.", 10, "code"),
                b.Column("Hva", 60),
                b.Column("Frist i brevet", 24),
                b.Column("Gjeldende frist", 36),
                b.Column("Status", 36, "status"),
            ),
            rows=(
                row("1", "Foreløpig vurdering av innretning", "22. mai 2026", "levert 1 virkedag etter",
                    b.Status("Levert, ikke vurdert", "done"), "Svar 26. mai 2026"),
                row("2", "Forslag til innretning", "15. september 2026", "78 virkedager", b.Status("I arbeid", "half")),
                row("3", "Mulige effektiviseringsgevinster", "15. oktober 2026", "100 virkedager", not_begun),
                row("4", "Samlet forslag", "15. desember 2026", "143 virkedager", not_begun),
            ),
            title="1 av 4 levert, status slik DMP har delt den",
            row_headers=False,
        ),
        b.Notice(
            "Delt status",
            "Delt av DMP 26. mai 2026, versjon 2. HOD og DMP ser dette.",
            (
                "Foreløpig vurdering er sendt. To modeller for fordeling mellom etatene og grossistene utredes videre. "
                "Dialogmøter med grossistene holdes i juni.",
            ),
            "Forventet ferdig: 15. desember 2026 · Endret siden versjon 1",
        ),
    )  # fmt: skip


def _about() -> tuple[b.Block, ...]:
    return (
        b.Section("Om oppdraget"),
        b.FactList(
            (
                b.Fact("Gitt til", "Direktoratet for medisinske produkter"),
                b.Fact(
                    "Deltar",
                    ("Helsedirektoratet, Folkehelseinstituttet ", b.Span("(eget brev ikke registrert)", muted=True)),
                ),
                b.Fact("Kontakt i DMP", "Synne Aamodt"),
                b.Fact("Kontakt i HOD", "Jonas Brekke, SHA"),
                b.Fact("Bygger på", "Prop. 20 S (2025–2026)"),
                b.Fact("Fast id", (b.Span("0198c2f4-7d1e-7a90", code=True),)),
            ),
            lines=False,
        ),
    )


def _history() -> tuple[b.Block, ...]:
    return (
        b.Section("Hendelser"),
        b.EventList(
            (
                b.Event("26. mai 2026", "Leveranse 1 mottatt, foreløpig vurdering av innretning",
                        "2 vedlegg, 1 virkedag etter fristen · Håkon Vestby, DMP · Svarbrev, dok. 26/0312-9"),
                b.Event("26. mai 2026", "Status delt, versjon 2", "Gjeldende delte status · Synne Aamodt, DMP"),
                b.Event("28. april 2026", "Frist satt: fire leveranser, siste 15. desember 2026",
                        "Erstatter «settes i dialog» · besluttet av Ragnhild Moen, ekspedisjonssjef SHA (e.f.) · "
                        "Brev til "
                        "DMP, dok. 25/4127-16"),
                b.Event("21. april 2026", "Drøftet i etatsstyringsmøte, sak 4",
                        "Endrer ikke fristen · Marte Lindqvist, HOD · Referat, punkt 4"),
                b.Event("16. februar 2026", "Status delt, versjon 1", "Synne Aamodt, DMP"),
                b.Event("10. februar 2026", "Deler opprettet for Helsedirektoratet og Folkehelseinstituttet",
                        "Eget brev ikke registrert for noen av dem · Marte Lindqvist, HOD"),
                b.Event("14. januar 2026", "Mottatt av DMP", "Synne Aamodt, DMP"),
                b.Event("9. januar 2026", "Registrert fra brevet, avsnitt 118–122", "Marte Lindqvist, HOD"),
                b.Event("22. des. 2025", "Gitt i tildelingsbrev 2026, punkt 3.3.3",
                        "Avd. HOD: SHA · signert av Ragnhild Moen (e.f.) · Tildelingsbrev, dok. 25/4127-1"),
            )
        ),
    )  # fmt: skip
