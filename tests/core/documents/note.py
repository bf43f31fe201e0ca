"""Preparation note: short, internal, with requirement and answer side by side."""

from datetime import UTC, datetime

from core.pdf import blocks as b


def preparation_note() -> b.Document:
    """For the meeting of 30 October 2026."""
    meta = b.Meta(
        title="Forberedelsesnotat: Direktoratet for medisinske produkter, 30. oktober 2026",
        author="Helse- og omsorgsdepartementet",
        lang="nb",
        created=datetime(2026, 10, 20, 7, 0, tzinfo=UTC),
        name="Forberedelsesnotat",
        organisation="DMP 30. oktober 2026",
        classification="internt",
    )
    return b.Document(meta=meta, blocks=(*_top(), *_pairs(), *_different(), *_late(), *_agenda()))


def _top() -> tuple[b.Block, ...]:
    rows = (
        ("Hovedmål", 2, 1, None, None),
        ("Styringsparametere", 14, 2, 1, None),
        ("Oppdrag", 10, None, 2, 2),
        ("Krav til rapporten", 11, None, None, 1),
    )
    return (
        b.TitleBlock(
            over="Helse- og omsorgsdepartementet · internt notat, deles ikke med virksomheten",
            title="Forberedelsesnotat: Direktoratet for medisinske produkter",
            facts=(
                b.Fact("Møte", "Etatsstyringsmøte 30. oktober 2026 kl. 09.30–11.30, departementets lokaler"),
                b.Fact("Grunnlag", "Virksomhetsrapport per 2. tertial 2026, mottatt 8. oktober (frist 9. oktober)"),
                b.Fact("Tatt ut", "20. oktober 2026 kl. 09.00 av Anders Lie"),
            ),
            compact=True,
        ),
        b.Table(
            columns=(
                b.Column("Område", 86),
                b.Column("I rute", 20, "number"),
                b.Column("I fare", 20, "number"),
                b.Column("Forsinket", 20, "number"),
                b.Column("Uavklart", 20, "number"),
            ),
            rows=tuple(b.Row(row) for row in rows),
            title="Status i tall",
        ),
    )


def _pair(
    number: str, requirement: str, place: str, answer: str, answered: str, status: b.Status, *rest: b.Text
) -> b.AnswerPair:
    return b.AnswerPair(
        number,
        b.Quoted(requirement, f"Tildelingsbrevet {place}"),
        b.Quoted(answer, f"Rapporten punkt {answered}"),
        (status, *rest),
    )


def _ask(finding: str, question: str) -> b.Text:
    return (f"{finding} ", b.Span("Spør:", strong=True), f" {question}")


def _pairs() -> tuple[b.Block, ...]:
    risk, fine, off = (
        b.Status("I fare", "half", strong=True),
        b.Status("I rute", "done", strong=True),
        b.Status("Avvik", "late", strong=True),
    )
    answered, unclear = b.Status("Besvart", "done", strong=True), b.Status("Uavklart", "open", strong=True)
    pairs = (
        _pair("K1", "Alle metodevurderinger for sykehus og folketrygd skal være ferdige senest 180 dager etter at "
              "dokumentasjonen er komplett", "3.1.1", "Kravet om 180 dager blir ikke nådd for sykehuslegemidler i år.",
              "1.1", off,
              _ask("196 dager, 16 over. Bedre enn i fjor (206).", "Når nås kravet, og hva koster tiltakene?")),
        _pair("K2", "Varsling om nye metoder skal virke også for medisinsk utstyr", "3.1.1",
              "Arbeidet begynte i september, og full drift er først ventet i 2027.", "1.1", risk,
              _ask("Årsaken er ikke forklart.", "Hvorfor startet det først i september?")),
        _pair("K3", "Tilsynene skal følge planen for 2026 og rettes mot høyest risiko", "3.2.1",
              "68 prosent av planen er gjennomført, som forutsatt.", "1.2", fine,
              "67 prosent er ventet på dette tidspunktet."),
        _pair("K4", "Markedet og kjedene fram til apotek skal overvåkes", "3.3.1",
              "Systemet for overvåkning er to måneder etter planen på grunn av anskaffelsen.", "1.3", risk,
              _ask("Øremerket 7 mill. kroner på post 21. Prognosen viser at midlene brukes.",
                   "Er delt leveranse avklart?")),
        _pair("K5", "Rapporten per 2. tertial skal ha nye prognoser for økonomien på lang sikt", "5.2",
              "Fra 2029 går driften ikke i balanse uten tiltak.", "2", answered,
              "Underskudd 10,3 mill. kroner i 2029. Følges opp i satsing 2028."),
        b.AnswerPair("K6", b.Quoted("Status for alle oppdrag skal stå i et vedlegg til rapporten",
                                    "Tildelingsbrevet 6.1"),
                     ("Ingen ordrett passasje. Tabell 8 viser 14 oppdrag.",),
                     (unclear, ("TB2026-5 har frist «15.januar 2026». Fristen er under avklaring, regnes ikke som "
                                "forsinket.",))),
    )  # fmt: skip
    return (
        b.Part("Krav og svar", "1", own_page=False),
        b.Paragraph(
            "Kravet er hentet ordrett fra tildelingsbrevet og svaret ordrett fra rapporten. Tredje kolonne er "
            "departementets.",
            "note",
        ),
        b.AnswerPairs(pairs, title="Krav, svar og avvik"),
    )


def _different() -> tuple[b.Block, ...]:
    return (
        b.Part("Der vurderingene er ulike", "2", own_page=False),
        b.Table(
            columns=(
                b.Column("Risiko", 54),
                b.Column("Virksomheten", 26, "code"),
                b.Column("Departementet", 26, "code"),
                b.Column("Hvorfor ulikt", 60),
            ),
            rows=(
                b.Row(("R1 Restanser i metodevurdering", "4 × 4 Høy", "4 × 4 Høy", "Enig")),
                b.Row(
                    (
                        "R2 Svikt i forsyningen av kritiske legemidler",
                        "3 × 5 Høy",
                        "4 × 5 Høy",
                        "Departementet legger mer vekt på sommerens hendelser",
                    )
                ),
                b.Row(
                    ("R4 Kompetanse til nytt EU-regelverk", "4 × 3 Middels", "4 × 4 Høy",
                     "Konsekvens for tilgang fra 2028")
                ),
            ),
            title="Risiko: virksomhetens og departementets vurdering",
            row_headers=False,
        ),
    )  # fmt: skip


def _late() -> tuple[b.Block, ...]:
    rows = (
        ("TB2025-3", "Register for medisinsk utstyr i bruk", "DIG", "3. oktober 2026", "03.10.2026",
         b.Status("17 dager over, ny frist søkt", "late")),
        ("TTB2025-44", "Prisvirkemidler for barnelegemidler", "DIG", "15. september 2026", "15.09.2026",
         b.Status("35 dager over", "late")),
        ("TTB2025-34", "Nordisk avtale om legemiddelberedskap", "DIG", "Settes i dialog", None,
         b.Status("Uten frist i 16 uker", "open")),
        ("TB2026-5", "NAT-testing i blodbankene", "FHA", "15.januar 2026", "Under avklaring",
         b.Status("Ventes 30.10.2026", "open")),
    )  # fmt: skip
    return (
        b.Part("Forsinket og åpent", "3", own_page=False),
        b.Table(
            columns=(
                b.Column("Nummer", 22, "code"),
                b.Column("Oppdrag", 45),
                b.Column("Avd.", 11, "code"),
                b.Column("Frist i brevet", 30),
                b.Column("Gjeldende", 24),
                b.Column("Status", 34, "status"),
            ),
            rows=tuple(b.Row(row) for row in rows),
            title="Oppdrag som er forsinket eller uavklart",
        ),
    )


def _agenda() -> tuple[b.Block, ...]:
    return (
        b.Part("Forslag til dagsorden", "4", own_page=False),
        b.ListBlock(
            (
                "Tid for metodevurdering og tiltakene fra august",
                "Økonomi fra 2029",
                "Forsyning: hva lærte vi i sommer",
                "Eventuelt",
            ),
            ordered=True,
        ),
    )
