"""The report editor, one section at a time: outline, what is missing, the letter's words, the answer (picture 06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.actor import Actor
from core.clock import now
from core.formatting import clock, date_with_weekday, distance, full_date
from core.visuals.parts import Action, Finding, Link, Locked, PageHead
from reporting import checks
from reporting.contexts import Missing, OutlineLine, ReportEditor
from reporting.differences import word_changes
from reporting.models import Report, ReportState, Section
from reporting.selectors.report_blocks import Setting, blocks_of, section_count
from reporting.selectors.report_facts import Content, Facts, letter_words

PRESENCE = timedelta(minutes=10)


def first_section(content: Content) -> Section:
    """Where a person starts: the first section where something is missing."""
    for section in content.sections:
        done, total = section_count(content, section)
        if done < total:
            return section
    return content.sections[0]


def next_section(content: Content, section: Section) -> Section | None:
    """The one after."""
    codes = [one.code for one in content.sections]
    at = codes.index(section.code) + 1
    return content.sections[at] if at < len(codes) else None


def section_url(report: Report, section: Section | str, anchor: str = "") -> str:
    """A section's page, at a row of it."""
    code = section if isinstance(section, str) else section.code
    url = reverse("reporting:report_section", args=[report.uuid, code])
    return f"{url}#{anchor}" if anchor else url


def title_of(section: Section) -> str:
    """Number and title."""
    return f"{section.numeral} {section.title}".strip()


def period_label(report: Report) -> str:
    """How an earlier report is called: its title without the kind's first word where that is long."""
    words = report.title.partition(" per ")[2]
    return words or report.title


def head_of(report: Report, today: date) -> PageHead:
    """Title, deadline with weekday, receiver and copies; an annual report shows both years (V-39)."""
    lead = _("til %(receiver)s") % {"receiver": report.receiver.name}
    if report.due is not None:
        lead = _("Frist i brevet %(date)s, %(distance)s · til %(receiver)s") % {
            "date": date_with_weekday(report.due),
            "distance": distance(report.due, today),
            "receiver": report.receiver.name,
        }
    if report.due is not None and report.corrects_id:
        lead = _("Utgave %(number)s, retter den som ble sendt · frist i brevet %(date)s · til %(receiver)s") % {
            "number": report.revision,
            "date": full_date(report.due),
            "receiver": report.receiver.name,
        }
    elif report.due is not None and report.is_submitted:
        lead = _("Frist i brevet %(date)s · til %(receiver)s") % {
            "date": date_with_weekday(report.due),
            "receiver": report.receiver.name,
        }
    year = f"{reverse('reporting:reports')}?ar={report.year}"
    return PageHead(
        report.title,
        lead,
        crumbs=[Link(_("Rapporter"), reverse("reporting:reports")), Link(str(report.year), year)],
        lang="nn" if report.language == "nn" else "",
    )


def editor_of(
    facts: Facts,
    section: Section,
    *,
    actor: Actor,
    today: date,
    form: Any,
    may_submit: bool,
    show_changes: bool = True,
    conflict: Any = None,
    answer_conflicts: Mapping[int, str] | None = None,
) -> ReportEditor:
    """Everything on the page. ``form`` is the section's form; its fields are laid out by the blocks."""
    content, report, cells = facts.content, facts.report, checks.cells_of(facts.content)
    missing = [cell for cell in cells if cell.missing]
    findings = checks.check_report(facts)
    stopping = [finding for finding in checks.stops(findings) if finding.check_id != "V-18"]
    setting = Setting(
        content,
        letter_words(content),
        previous=facts.previous,
        previous_label=period_label(report.previous) if report.previous else "",
        earlier=facts.earlier,
        form=form,
        show_changes=show_changes and facts.previous is not None,
        conflicts=answer_conflicts,
    )
    done, total = section_count(content, section)
    count = len(missing) + len(stopping)
    following = next_section(content, section)
    return ReportEditor(
        head=head_of(report, today),
        saved=_saved(content, actor),
        missing_count=count,
        missing_words=_("%(done)s av %(total)s krav besvart")
        % {"done": len(cells) - len(missing), "total": len(cells)},
        preview=Action(
            _("Forhåndsvis PDF"), reverse("reporting:report_preview", args=[report.uuid]), "file-pdf", post=True
        ),
        send=_send(report, count, may_submit),
        outline=[_line(report, content, one, section) for one in content.sections],
        missing=_missing(report, content, missing, stopping),
        locked=_locked(count),
        section_title=title_of(section),
        section_note=_("%(done)s av %(total)s krav besvart") % {"done": done, "total": total} if total else "",
        blocks=blocks_of(section, setting),
        changes_label=_("Vis endringer siden %(period)s") % {"period": setting.previous_label}
        if facts.previous
        else "",
        changes_on=setting.show_changes,
        changes_url="?endringer=nei" if setting.show_changes else "?endringer=ja",
        save_url=section_url(report, section),
        version=section.version,
        next_url=section_url(report, following) if following else "",
        hidden=[field for field in form if field.is_hidden],
        conflict=str(conflict or ""),
        conflict_spans=word_changes(conflict.theirs, conflict.mine) if conflict else (),
        warnings=[warning(report, finding) for finding in findings if not finding.stops],
        acts=_acts(report),
    )


def warning(report: Report, finding: checks.ReportFinding) -> Finding:
    """A finding as a row with the way to where it is mended."""
    url = section_url(report, finding.section, finding.anchor) if finding.section else ""
    where = _("Del %(number)s · %(check)s") % {"number": finding.numeral or finding.section, "check": finding.check_id}
    return Finding(
        "stop" if finding.stops else "warning", finding.message, where if finding.section else finding.check_id, url=url
    )


def _saved(content: Content, actor: Actor) -> str:
    """When the report was last saved, and who else is writing where."""
    edited = [one for one in (*content.sections, *content.answers) if one.edited_at is not None]
    if not edited:
        return _("Ikke skrevet i ennå")
    latest = max(edited, key=lambda one: one.edited_at or now())
    at = latest.edited_at or now()
    today = at.astimezone().date() == now().astimezone().date()
    moment = clock(at) if today else f"{full_date(at.date())} {clock(at)}"
    words = [_("Lagret %(moment)s") % {"moment": moment}]
    others: dict[int, tuple[datetime, Section]] = {}
    for section in content.sections:
        recent = section.edited_at is not None and section.edited_at > now() - PRESENCE
        if recent and section.edited_by_id not in (None, actor.user_id) and section.edited_at is not None:
            others[section.edited_by_id or 0] = (section.edited_at, section)
    for _at, section in others.values():
        words.append(_("%(name)s skriver i del %(part)s") % {"name": section.edited_by, "part": section.numeral})
    return " · ".join(words)


def _line(report: Report, content: Content, one: Section, current: Section) -> OutlineLine:
    done, total = section_count(content, one)
    count = _("%(done)s av %(total)s") % {"done": done, "total": total} if total else ""
    return OutlineLine(title_of(one), section_url(report, one), count, done == total, one.pk == current.pk)


def _missing(
    report: Report, content: Content, cells: Sequence[checks.Cell], stopping: Sequence[checks.ReportFinding]
) -> list[Missing]:
    """One line for each section with something missing: the first thing, and how many more."""
    result = [Missing(Link(f"{one.check_id}:", _anchor(report, one)), one.message) for one in stopping]
    for section in content.sections:
        own = [cell for cell in cells if cell.section == section.code]
        if not own:
            continue
        label = _("Del %(number)s:") % {"number": section.numeral} if section.numeral else f"{section.title}:"
        what = str(own[0].missing)
        if len(own) > 1:
            what = _("%(first)s, og %(count)s til") % {"first": what, "count": len(own) - 1}
        result.append(Missing(Link(label, section_url(report, section, own[0].anchor)), what))
    return result


def _anchor(report: Report, finding: checks.ReportFinding) -> str:
    return section_url(report, finding.section, finding.anchor) if finding.section else "#advarsler"


def _locked(count: int) -> Locked | None:
    if not count:
        return None
    return Locked(
        _("Send til signering"),
        _("Åpnes når ingenting mangler. Direktøren signerer og sender inn. Stedfortreder kan signere."),
    )


def _send(report: Report, count: int, may_submit: bool) -> Action:
    url = reverse("reporting:report_sign", args=[report.uuid])
    if report.state == ReportState.FOR_SIGNATURE or may_submit:
        return Action(_("Til signering"), url, "checkmark-circle", locked=_lock_words(count))
    return Action(
        _("Send til signering"),
        reverse("reporting:report_for_signature", args=[report.uuid]),
        post=True,
        locked=_lock_words(count),
        fields=(("version", str(report.version)),),
    )


def _lock_words(count: int) -> str:
    return _("%(count)s mangler før innsending") % {"count": count} if count else ""


def _acts(report: Report) -> list[Action]:
    acts = [
        Action(_("Hent inn nye opplysninger"), reverse("reporting:report_refresh", args=[report.uuid]), post=True),
        Action(_("Krav og svar"), reverse("reporting:report_coverage", args=[report.uuid])),
    ]
    if report.state == ReportState.FOR_SIGNATURE:
        acts.append(Action(_("Ta tilbake"), reverse("reporting:report_take_back", args=[report.uuid]), post=True))
    return acts
