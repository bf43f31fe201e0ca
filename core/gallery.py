"""Examples for the components page (/komponenter/): every component with its states, in made-up words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.visuals import badges, deadlines, parts
from core.visuals.meter import Progress, delivery_meter

EXAMPLE_DAY = date(2026, 5, 28)


class ExampleForm(forms.Form):
    """A form with each kind of field, bound to bad input."""

    share = forms.DecimalField(
        label=_("Andel omgjort, prosent"),
        help_text=_("Med én desimal"),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("Skriv et tall, for eksempel 12,5")},
    )
    owner = forms.CharField(label=_("Ansvarlig"), required=False)
    kind = forms.ChoiceField(
        label=_("Hva slags svar"),
        choices=[("status", _("Status")), ("final", _("Endelig leveranse"))],
        error_messages={"required": _("Velg hva slags svar det er")},
        widget=forms.RadioSelect,
    )
    copy = forms.BooleanField(label=_("Kopi til Riksrevisjonen"), required=False)


class ExampleFilter(forms.Form):
    """A filter as it stands over a list."""

    q = forms.CharField(label=_("Søk i tittel, tekst og svar"), required=False)
    agency = forms.ChoiceField(label=_("Virksomhet"), choices=[("", _("Alle")), ("1", "DMP")], required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[("open", _("Åpne")), ("", _("Alle"))], required=False)


def example_context() -> dict[str, Any]:
    """Everything the components page shows."""
    return {
        "head": parts.PageHead(
            title=_("Komponenter"),
            lead=_("Samme form, ord og farge overalt: side, e-post, PDF og utskrift i svart-hvitt."),
        ),
        "statuses": [b for code, b in badges.ASSIGNMENT.items() if code not in ("not_started", "cancelled")],
        "expected": list(badges.EXPECTED.values()),
        "deadlines": _deadlines(),
        "meters": _meters(),
        "tags": _tags(),
        "shared": parts.Note(
            _("Delt status"), _("Begge parter ser dette."), str(_("Hel ramme, blå kant, versjon og dato."))
        ),
        "internal": parts.Note(
            _("Internt"),
            _("Motparten ser ikke dette."),
            str(_("Stiplet ramme, grå flate, lås.")),
            shared=False,
        ),
        "findings": _findings(),
        "locked": _locked(),
        "empties": _empties(),
        "progresses": [
            Progress(str(_("Leser inn brevet")), 148, 214, str(_("avsnitt")), str(_("Du kan lukke siden."))),
            Progress(str(_("Lager PDF")), 31, 60, str(_("sider"))),
        ],
        "who": parts.WhoCanSee(
            [(_("I departementet"), _("Etatsstyrer og fagavdeling")), (_("Kopi"), _("Riksrevisjonen"))]
        ),
        "tally": [
            parts.Tally(5, _("må gjøres"), "#status"),
            parts.Tally(3, _("forsinkede leveranser"), "#frist", late=True),
            parts.Tally(4, _("åpne funn"), "#funn"),
        ],
        "views": [parts.Link(_("Alle åpne"), "?", 79, current=True), parts.Link(_("Forsinket"), "?sen=1", 2)],
        "steps": [
            parts.Step(1, _("Lest inn"), "done"),
            parts.Step(2, _("Gå gjennom"), "current"),
            parts.Step(3, _("Registrer")),
        ],
        "two_deadlines": parts.TwoDeadlines(
            str(_("Settes i dialog")),
            str(_("Tildelingsbrev 22. desember 2025")),
            _("Gjeldende frist"),
            "15. desember 2026 (tirsdag)",
            str(_("Besluttet 28. april 2026")),
        ),
        "events": _events(),
        "pages": parts.Pages(
            2,
            3,
            [
                parts.Link("1", "?side=1"),
                parts.Link("2", "?side=2", current=True),
                parts.Link("3", "?side=3"),
            ],
        ),
        "example_form": ExampleForm({"eks-share": "12,5 %%", "eks-kind": ""}, prefix="eks"),
        "example_filter": ExampleFilter(),
    }


def _deadlines() -> list[deadlines.DeadlineFace]:
    face: Callable[..., deadlines.DeadlineFace] = deadlines.deadline_face
    return [
        face(date(2026, 9, 15), today=EXAMPLE_DAY),
        face(date(2026, 6, 2), today=EXAMPLE_DAY),
        face(date(2026, 5, 22), today=EXAMPLE_DAY),
        face(date(2026, 11, 15), today=EXAMPLE_DAY),
        deadlines.in_dialog(date(2026, 2, 19), EXAMPLE_DAY),
        face(date(2026, 1, 15), today=EXAMPLE_DAY, clarify=True),
        face(date(2026, 10, 1), today=EXAMPLE_DAY, fixed=True),
        deadlines.standing(),
        deadlines.without(),
    ]


def _meters() -> list[Any]:
    return [
        delivery_meter(delivered=0, total=4, next_on=date(2026, 4, 30)),
        delivery_meter(delivered=1, total=4, next_on=date(2026, 5, 22)),
        delivery_meter(delivered=1, total=4, late=1, next_on=date(2026, 6, 1)),
        delivery_meter(delivered=4, total=4),
        delivery_meter(delivered=0, total=1),
    ]


def _tags() -> list[parts.Tag]:
    return [
        parts.Tag(_("Videreført fra 2025"), "arrow-forward"),
        parts.Tag(_("Felles: tre virksomheter"), "person-group", "plain"),
        parts.Tag(_("Internt i departementet"), "padlock", "quiet"),
        parts.Tag(_("Unntatt offentlighet"), "padlock", "quiet"),
        parts.Tag(_("Endret siden sist"), "pencil-line", "changed"),
        parts.Tag(_("Ny siden sist"), "plus", "changed"),
        parts.Tag(_("Registrert på vegne av virksomheten"), "person-pencil", "plain"),
    ]


def _findings() -> list[parts.Finding]:
    return [
        parts.Finding(
            "stop",
            _("Øremerkede beløp er større enn tildelingen."),
            _("Supplerende brev nr. 2, linje 4 · må rettes før brevet kan utstedes"),
            parts.Action(_("Gå til linjen"), "#funn"),
        ),
        parts.Finding(
            "warning",
            _("To oppdrag har samme dag og måned, men ulikt år."),
            _("Må bekreftes med grunn før utstedelse"),
            parts.Action(_("Bekreft"), "#funn"),
        ),
        parts.Finding("info", _("Fristen er en søndag."), _("Krever ingen handling")),
    ]


def _locked() -> parts.Locked:
    return parts.Locked(
        _("Utsted brev"),
        _("Du redigerte brevet sist. En annen må signere."),
        _("Kan signere: avdelingsdirektør eller ekspedisjonssjef."),
        parts.Action(_("Be om signatur"), "#last"),
    )


def _empties() -> list[parts.Empty]:
    return [
        parts.Empty(
            _("Ingen forsinkede oppdrag"),
            _("Alle oppdrag er i rute eller levert."),
            parts.Link(_("Se alle oppdrag"), "#tom"),
        ),
        parts.Empty(
            _("Ingen brev for neste år ennå"),
            _("Start fra årets brev. Mål og parametere beholder historikken."),
            action=parts.Action(_("Nytt tildelingsbrev"), "#tom"),
        ),
    ]


def _events() -> list[parts.Event]:
    return [
        parts.Event("27. mai 2026", "padlock", _("Notat"), _("Internt"), internal=True),
        parts.Event("26. mai 2026", "tasklist-send", _("Status delt, versjon 2"), _("Gjeldende delte status")),
        parts.Event("22. des. 2025", "file-text", _("Gitt i tildelingsbrev 2026, punkt 3.3.3")),
    ]
