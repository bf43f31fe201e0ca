"""Tags and filters every page uses. Loaded as built-ins; documented with examples in docs/guides/pages.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from js_asset import Media

from core import clock, formatting, navigation
from core.calendars import last_working_day_on_or_before, week_number
from core.icons import SPRITE
from core.receipts import Receipt, read
from core.visuals.badges import CLARIFY, EXEMPT, LATE, SEVERITY, Badge, badge_for
from core.visuals.deadlines import DeadlineFace, deadline_face
from core.visuals.meter import Meter, delivery_meter

register = template.Library()

GLYPHS = "img/glyphs.svg"


@register.simple_tag(takes_context=True)
def form_media(context: Mapping[str, Any], form: Form) -> str:
    """Scripts and styles a form's widgets bring, allowed by the page's own nonce (ADR 0004).

    The empty style element keeps the rich text editor from writing one of its own; its styles are in our files.
    """
    held = format_html('<style nonce="{}" data-tiptap-style></style>', context["csp_nonce"])
    return held + mark_safe(str(Media.from_media(form.media, nonce=str(context["csp_nonce"]))))  # noqa: S308


# ---- drawings ----
def _use(sprite: str, name: str, css: str, size: int) -> SafeString:
    return format_html(
        '<svg class="{}" width="{}" height="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        str(size),
        str(size),
        static(sprite),
        name,
    )


@register.simple_tag
def glyph(name: str, tone: str = "", size: int = 16) -> SafeString:
    """One of our own glyphs. It never stands alone: its word follows."""
    return _use(GLYPHS, name, f"glyph tone-{tone}" if tone else "glyph", size)


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """An object icon (Aksel); names in core/icons.py."""
    return _use(SPRITE, name, "icon", size)


@register.simple_tag
def svg_glyph(name: str, x: str, y: str, size: int = 14) -> SafeString:
    """A glyph inside a drawing, at a place."""
    return format_html(
        '<use href="{}#{}" x="{}" y="{}" width="{}" height="{}"></use>', static(GLYPHS), name, x, y, size, size
    )


# ---- badges ----
@register.inclusion_tag("components/badge.html")
def status_badge(code: str | Badge, kind: str = "assignment", label: str = "", boxed: bool = False) -> dict[str, Any]:
    """Glyph and word of a status. ``kind``: assignment, delivery, expected, report, meeting, document."""
    badge = code if isinstance(code, Badge) else badge_for(kind, str(code), label)
    return {"badge": badge, "boxed": boxed}


@register.inclusion_tag("components/badge.html")
def late_badge(label: str = "") -> dict[str, Any]:
    """Red triangle and "Forsinket" (or other words), beside the status."""
    return {"badge": Badge(LATE.glyph, label or LATE.label, LATE.tone, strong=True)}


@register.inclusion_tag("components/badge.html")
def clarify_badge(label: str = "") -> dict[str, Any]:
    """Purple bubble and "Under avklaring", beside the status."""
    return {"badge": Badge(CLARIFY.glyph, label or CLARIFY.label, CLARIFY.tone, strong=True)}


@register.inclusion_tag("components/badge.html")
def exempt_badge() -> dict[str, Any]:
    """Padlock and "Unntatt offentlighet"."""
    return {"badge": EXEMPT}


@register.inclusion_tag("components/badge.html")
def severity_badge(code: str, bare: bool = False) -> dict[str, Any]:
    """Octagon, triangle or ring of a finding; ``bare`` leaves the word to the sentence beside it."""
    return {"badge": SEVERITY[str(code)], "bare": bare}


@register.simple_tag
def severity_word(code: str) -> Any:
    """Stopper, Advarsel, Til orientering."""
    return SEVERITY[str(code)].label


@register.inclusion_tag("components/deadline.html")
def deadline_badge(face: DeadlineFace | date | None, **facts: Any) -> dict[str, Any]:
    """The deadline badge. Takes a finished face, or a date and the keyword arguments of ``deadline_face``."""
    if not isinstance(face, DeadlineFace):
        facts.setdefault("today", clock.today())
        face = deadline_face(face, **facts)
    return {"face": face}


@register.inclusion_tag("components/meter.html")
def delivery_meter_tag(meter: Meter) -> dict[str, Any]:
    """A finished meter; see ``meter`` to make one in the template."""
    return {"meter": meter}


@register.inclusion_tag("components/meter.html")
def meter(
    delivered: int, total: int, late: int = 0, next_on: date | None = None, short: bool = False
) -> dict[str, Any]:
    """Cells and words: {% meter 1 4 late=1 next_on=row.next %}."""
    made = delivery_meter(delivered=delivered, total=total, late=late, next_on=next_on, short=short)
    return {"meter": made}


@register.inclusion_tag("components/tag.html")
def property_tag(label: Any, icon: str = "", tone: str = "neutral") -> dict[str, Any]:
    """A property of a thing, never its state. ``tone``: neutral, plain, quiet or changed."""
    return {"label": label, "icon": icon, "tone": tone}


# ---- dates and numbers ----
register.filter("full_date", formatting.full_date)
register.filter("day_month", formatting.day_month)
register.filter("weekday", formatting.weekday)
register.filter("weekday_date", formatting.weekday_date)
register.filter("date_with_weekday", formatting.date_with_weekday)
register.filter("date_comma_weekday", formatting.date_comma_weekday)
register.filter("moment", formatting.moment)
register.filter("week_number", week_number)
register.filter("last_working_day", last_working_day_on_or_before)


@register.filter
def clock_time(value: time | datetime) -> str:
    """Kl. 09.14."""
    return formatting.clock(value)


@register.filter
def moment_near(value: datetime, today: date | None = None) -> str:
    """I dag kl. 09.12, i går kl. 16.40, 26. mai kl. 14.05."""
    return formatting.moment_near(value, today or clock.today())


@register.filter
def working_day_distance(value: date, today: date | None = None) -> str:
    """Om 78 virkedager, i dag, 3 virkedager over."""
    return formatting.distance(value, today or clock.today())


@register.filter
def money(value: int | None) -> str:
    """Whole kroner shown in 1 000 kroner (the heading says so); None is "mangler"."""
    return formatting.in_thousand_kroner(value)


@register.filter
def kroner(value: int | None) -> str:
    """30 000 kroner."""
    return formatting.kroner(value)


@register.filter
def thousands(value: int | Decimal | None) -> str:
    """458 591; empty for None (say in words what is missing)."""
    return "" if value is None else formatting.thousands(value)


@register.filter
def change(value: int | Decimal | None) -> str:
    """+12 or −3."""
    return "" if value is None else formatting.change(value)


# ---- forms and addresses ----
@register.filter
def widget_kind(field: BoundField) -> str:
    """How components/field.html lays a field out: single, group, hidden or plain."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    return "single" if isinstance(widget, CheckboxInput) else "plain"


@register.simple_tag
def field_widget(field: BoundField, **attrs: str) -> SafeString:
    """The widget with Designsystemet's class, its own attributes kept."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"ds-input {own}".strip(), **attrs})


@register.simple_tag(takes_context=True)
def with_query(context: Mapping[str, Any], **changes: Any) -> str:
    """This page's address with some query parameters changed; None or empty takes one away.

    ``?`` alone when nothing is left, so the link still leads to the page itself.
    """
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def receipt(message: Any) -> Receipt:
    """The parts of a message from the messages framework (core/receipts.py)."""
    return read(message)


@register.simple_tag(takes_context=True)
def shell(context: Mapping[str, Any]) -> navigation.Shell:
    """The sidebar and top bar of this request, also on pages whose view gave no context processor
    (errors).
    """
    request = context.get("request")
    return navigation.shell_of(request) if request is not None else navigation.EMPTY_SHELL


@register.simple_tag
def printed_at() -> datetime:
    """The present instant, for the foot of a printed page."""
    return clock.now()
