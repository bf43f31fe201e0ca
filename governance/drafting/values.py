"""From plain data (governance.items) to what the models hold: shape, lengths, choices and references, all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.lineage import predecessors
from agencies.models import Department, Organisation
from core.canonical import plain
from core.errors import Problem
from core.ids import new_uuid
from governance.items import ChildType, ItemType, value_fields
from governance.models import BudgetSeries, SteeringDocument
from governance.models.document import DocumentPart
from governance.models.goals import ItemLine


@dataclass(frozen=True)
class CleanRow:
    """A row that can be written. ``values`` are by attribute name, ``data`` the same as plain data."""

    values: dict[str, Any]
    data: dict[str, Any]
    labels: dict[str, str]
    uuid: UUID | None = None


@dataclass
class Cleaned:
    """A row with its children, or the problems that keep it from being written."""

    row: CleanRow
    children: dict[str, list[CleanRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def data(self) -> dict[str, Any]:
        """The whole row as plain data, as ``read_items`` gives it."""
        held = {key: [{"uuid": str(row.uuid), **row.data} for row in rows] for key, rows in self.children.items()}
        return {**self.row.data, **held}


def model_fields(model: type[DocumentPart], leave_out: Sequence[str] = ()) -> list[models.Field[Any, Any]]:
    """The value fields of a model."""
    return [model._meta.get_field(name) for name in value_fields(model) if name not in leave_out]


def label_of(found: models.Field[Any, Any]) -> str:
    """The field's name on screen, with a capital; a reference without words of its own is called what it points at."""
    own = str(found.verbose_name)
    pointing = isinstance(found, models.ForeignKey) and own == found.name.replace("_", " ")
    words = str(found.related_model._meta.verbose_name) if pointing else own  # type: ignore[union-attr]
    if pointing and found.name == "parent":
        words = _("overordnet %(what)s") % {"what": words}
    return words[:1].upper() + words[1:]


def clean_row(kind: ItemType, data: Mapping[str, Any], *, document: SteeringDocument) -> Cleaned:
    """Read the values of one row and its children. Nothing is written; every problem is told, none hides another."""
    problems: list[Problem] = []
    row = _clean(kind.model, data, document, problems, "", ())
    found = Cleaned(row=row, problems=problems)
    for child in kind.children:
        found.children[child.key] = [
            _clean_child(child, values, document, problems, f"{child.key}.{number}.")
            for number, values in enumerate(data.get(child.key) or ())
        ]
    return found


def _clean_child(
    child: ChildType, data: Mapping[str, Any], document: SteeringDocument, problems: list[Problem], prefix: str
) -> CleanRow:
    row = _clean(child.model, data, document, problems, prefix, (child.parent,))
    return CleanRow(row.values, row.data, row.labels, _uuid(data.get("uuid")) or new_uuid())


def _clean(
    model: type[DocumentPart],
    data: Mapping[str, Any],
    document: SteeringDocument,
    problems: list[Problem],
    prefix: str,
    leave_out: Sequence[str],
) -> CleanRow:
    values: dict[str, Any] = {}
    written: dict[str, Any] = {}
    labels: dict[str, str] = {}
    for f in model_fields(model, leave_out):
        raw = data.get(f.name)
        try:
            if isinstance(f, models.ForeignKey):
                target = _target(f, raw, document)
                values[f.attname] = None if target is None else target.pk
                written[f.name] = None if target is None else str(target.uuid)  # type: ignore[attr-defined]
                labels[f.name] = "" if target is None else str(target)
            else:
                values[f.name] = _value(f, raw)
                written[f.name] = plain(values[f.name])
        except ValidationError as wrong:
            problems.append(Problem(wrong.code or "invalid", wrong.messages[0], f"{prefix}{f.name}"))
            values[f.attname] = written[f.name] = None
    return CleanRow(values, written, labels)


def _uuid(raw: Any) -> UUID | None:
    try:
        return raw if isinstance(raw, UUID) or raw is None else UUID(str(raw))
    except ValueError:
        return None


def _target(f: models.ForeignKey[Any, Any], raw: Any, document: SteeringDocument) -> models.Model | None:
    """The row a reference points at: one of the same letter, an earlier one to the same agency, or a common one."""
    if raw in (None, ""):
        if not f.null:
            raise ValidationError(_("Velg %(field)s.") % {"field": f.verbose_name}, code="missing")
        return None
    model: type[models.Model] = f.related_model
    wanted = _uuid(getattr(raw, "uuid", raw))
    rows = model._default_manager.filter(uuid=wanted) if wanted else model._default_manager.none()
    if issubclass(model, DocumentPart):
        rows = rows.filter(document__recipient_id=document.recipient_id)
        if f.name != "continues":
            rows = rows.filter(Q(document_id=document.pk) | Q(pk__in=_in_letter(model, document)))
    elif issubclass(model, ItemLine):
        rows = rows.filter(agency_id=document.recipient_id)
    elif issubclass(model, SteeringDocument):
        rows = rows.filter(recipient_id__in=predecessors(document.recipient))
    elif not issubclass(model, Department | Organisation | BudgetSeries) and model._meta.app_label != "governance":
        rows = rows.none()
    found = rows.first()
    if found is None:
        sentence = _("%(field)s: raden det vises til, finnes ikke i brevet. Velg en fra listen.")
        raise ValidationError(sentence % {"field": label_of(f)}, code="unknown_reference")
    return found


def _in_letter(model: type[DocumentPart], document: SteeringDocument) -> models.QuerySet[Any]:
    """In a supplement a row may belong to a goal or assignment of what has been issued to the same agency."""
    rows = model._default_manager.filter(document__recipient_id=document.recipient_id, document__state="issued")
    return rows.values("pk") if document.kind.family == "supplement" else rows.none().values("pk")


def _value(f: models.Field[Any, Any], raw: Any) -> Any:
    if isinstance(f, ArrayField):
        parts = raw.splitlines() if isinstance(raw, str) else (raw or [])
        cleaned = [str(part).strip() for part in parts if str(part).strip()]
        longest = f.base_field.max_length or 0
        if longest and any(len(part) > longest for part in cleaned):
            raise ValidationError(_too_long(f, longest), code="too_long")
        return cleaned
    if isinstance(f, models.BooleanField):
        return bool(raw) and str(raw).lower() not in ("false", "0", "off")
    if isinstance(f, models.CharField | models.TextField):
        raw = str(raw if raw is not None else "").replace("\r\n", "\n").strip()
    if raw in (None, ""):
        return _empty(f)
    try:
        value = f.clean(raw, None)
        if isinstance(f, models.DecimalField):
            return value.quantize(Decimal(1).scaleb(-(f.decimal_places or 0)))
        return value
    except ValidationError as wrong:
        raise ValidationError(_sentence(f, raw, wrong), code=_code(wrong)) from None


def _empty(f: models.Field[Any, Any]) -> Any:
    if f.has_default():
        return f.get_default()
    if f.null:
        return None
    if f.blank and isinstance(f, models.CharField | models.TextField):
        return ""
    raise ValidationError(_("Fyll ut «%(field)s».") % {"field": label_of(f)}, code="missing")


def _code(wrong: ValidationError) -> str:
    inner = wrong.error_list[0] if hasattr(wrong, "error_list") else wrong
    return str(inner.code or "invalid")


def _too_long(f: models.Field[Any, Any], longest: int) -> str:
    sentence = _("«%(field)s» kan ha høyst %(longest)s tegn. Kort ned teksten.")
    return sentence % {"field": label_of(f), "longest": longest}


def _sentence(f: models.Field[Any, Any], raw: Any, wrong: ValidationError) -> str:
    code = _code(wrong)
    if code == "max_length":
        return _too_long(f, f.max_length or 0)
    if code == "invalid_choice" or (code == "invalid" and f.choices):
        return _("«%(field)s» har en verdi som ikke finnes i listen: %(value)s.") % {
            "field": label_of(f),
            "value": raw,
        }
    if isinstance(f, models.DateField):
        return _("«%(field)s» er ingen dato som finnes: %(value)s.") % {"field": label_of(f), "value": raw}
    return _("«%(field)s» kan ikke leses: %(value)s. Skriv et tall innenfor det som er mulig.") % {
        "field": label_of(f),
        "value": raw,
    }
