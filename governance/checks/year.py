"""The year of an agency: what lapses, what adds up, this year's guidance, copies the other way.

V-14, V-22, V-24 and V-35.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.formatting import in_thousand_kroner, listing
from governance.checks.content import Content, Stage
from governance.checks.registry import Found, check
from governance.checks.surroundings import Earlier
from governance.models import Severity

NAMED = 5


def _names(rows: Sequence[Earlier]) -> str:
    names = listing([row.reference or f"«{row.title[:60]}»" for row in rows[:NAMED]])
    more = len(rows) - NAMED
    return names if more <= 0 else _("%(names)s og %(n)s til") % {"names": names, "n": more}


@check("V-14", Severity.WARNING, gettext_lazy("Brev til Riksrevisjonen uten kopi til departementet"))
def auditor_letters_in_copy(content: Content) -> Iterable[Found]:
    """What the agency sends the auditor is also sent the ministry (R-24); told on the letter of the year."""
    for title in content.around.copies_outside:
        sentence = _("«%(title)s» er sendt til revisjonen uten kopi til %(ministry)s.")
        ministry = content.issuer.short if content.issuer else _("departementet")
        yield Found(sentence % {"title": title, "ministry": ministry}, place=title[:200])


@check("V-22", Severity.STOPS, gettext_lazy("Samlet tildeling er ikke overført + brev + supplerende brev"))
def total_allocation(content: Content) -> Iterable[Found]:
    """The sum the last supplement says for a post is what was carried over, the letter and the supplements give."""
    for row in content.around.totals:
        if row.said is None or row.said == row.given:
            continue
        sentence = _(
            "Kap. %(code)s: overført, brev og supplerende brev gir %(given)s, men «%(title)s» sier %(said)s "
            "(i 1 000 kroner)."
        )
        words = {"given": in_thousand_kroner(row.given), "said": in_thousand_kroner(row.said)}
        yield Found(
            sentence % (words | {"code": row.code, "title": row.document}),
            place=_("kap. %(code)s") % {"code": row.code},
        )


@check("V-24", Severity.STOPS, gettext_lazy("Oppdrag fra tidligere år som ikke er avgjort ved årsskiftet"))
def year_change(content: Content) -> Iterable[Found]:
    """The letter says which years' assignments lapse, and each of them lapses or has an agreement (R-16, R-17)."""
    if content.family != "letter" or content.year is None:
        return
    going_on = [row for row in content.around.earlier if row.year is not None and not row.ended and not row.kept]
    through, place = content.around.lapse_through_year, _("oppdrag fra tidligere år")
    if through is None:
        old = [row for row in going_on if row.year is not None and row.year <= content.year - 2]
        if old:
            sentence = _("Brevet sier ikke om oppdrag fra %(year)s eller tidligere utgår: %(names)s.")
            words = {"year": content.year - 2, "names": _names(old)}
            yield Found(sentence % words, place=place, severity=Severity.WARNING.value)
        return
    old = [row for row in going_on if row.year is not None and row.year <= through]
    if old and content.is_draft:
        yield Found(_will_lapse(old, through), place=place, severity=Severity.INFORMATION.value)
    elif old and content.stage is not Stage.IMPORT:
        sentence = ngettext(
            "%(n)s oppdrag fra %(year)s eller tidligere skal utgå etter brevet, men er fortsatt åpent: %(names)s. "
            "Bekreft at det utgår, eller skriv hva som er avtalt.",
            "%(n)s oppdrag fra %(year)s eller tidligere skal utgå etter brevet, men er fortsatt åpne: %(names)s. "
            "Bekreft at de utgår, eller skriv hva som er avtalt.",
            len(old),
        )
        yield Found(sentence % {"n": len(old), "year": through, "names": _names(old)}, place=place)


def _will_lapse(old: Sequence[Earlier], through: int) -> str:
    sentence = ngettext(
        "%(n)s oppdrag fra %(year)s eller tidligere utgår etter brevet: %(names)s. Resten fortsetter.",
        "%(n)s oppdrag fra %(year)s eller tidligere utgår etter brevet: %(names)s. Resten fortsetter.",
        len(old),
    )
    return sentence % {"n": len(old), "year": through, "names": _names(old)}


@check("V-35", Severity.WARNING, gettext_lazy("Årets fellesføringer er ikke med i brevet"))
def directives_of_the_year(content: Content) -> Iterable[Found]:
    """The letter carries the government's guidance of its own year (versioned by circular)."""
    if content.family != "letter" or content.year is None:
        return
    rows, place = content.of("common_directive"), _("fellesføringer")
    held = [row.text("title").casefold() for row in rows]
    for title in content.around.editions:
        name = title.casefold()
        if not any(name in one or one in name for one in held if one):
            sentence = _("Fellesføringen «%(title)s» for %(year)s er ikke med i brevet.")
            yield Found(sentence % {"title": title, "year": content.year}, place=title[:200])
    for row in rows:
        year = row.data.get("year")
        if year and int(year) != content.year:
            sentence = _("Fellesføringen «%(title)s» er fra %(year)s, men brevet gjelder %(letter)s.")
            words = {"title": row.text("title")[:100], "year": year, "letter": content.year}
            yield Found(sentence % words, place=row.place, item=row.uuid)
    if not rows and not content.around.editions:
        sentence = _("Brevet har ingen fellesføringer. Sjekk rundskrivet for %(year)s.") % {"year": content.year}
        yield Found(sentence, place=place, severity=Severity.INFORMATION.value)
