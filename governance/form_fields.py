"""Form fields for what letters are made of: dates with the weekday, amounts in 1 000 kroner."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from core.formatting import date_with_weekday, in_thousand_kroner, thousands

_WRITTEN = re.compile(r"^(\d{1,2})\.?\s*([a-zæøå]+|\d{1,2})\.?\s*(\d{4})$", re.IGNORECASE)
_MONTH_NUMBERS = {str(name).casefold(): number for number, name in MONTHS.items()}


class WrittenDateField(forms.DateField):
    """A date as people write it: «15. januar 2026 (torsdag)», «15.1.2026» or 2026-01-15."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Skriv en dato som finnes, for eksempel 15. september 2026.")}

    def prepare_value(self, value: Any) -> Any:
        """A date is shown with its weekday; what a person typed is shown as typed."""
        return date_with_weekday(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        """Read the text. Raises ValidationError for a date that does not exist."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        text = re.sub(r"\(.*\)", "", str(value)).strip()
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
        match = _WRITTEN.match(text)
        if match is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day, month, year = match.groups()
        number = int(month) if month.isdigit() else _MONTH_NUMBERS.get(month.casefold(), 0)
        try:
            return date(int(year), number, int(day))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class ThousandKronerField(forms.CharField):
    """An amount typed in 1 000 kroner, kept as whole kroner: «458 591» is 458 591 000."""

    default_error_messages = {"invalid": _("Skriv beløpet i 1 000 kroner, for eksempel 458 591.")}

    def prepare_value(self, value: Any) -> Any:
        """Whole kroner shown in 1 000 kroner."""
        return in_thousand_kroner(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Read the text. Raises ValidationError for what is no amount in whole kroner."""
        text = super().clean(value)
        if not text:
            return None
        digits = re.sub(r"[\s\u00a0]", "", text).replace("\u2212", "-").replace(",", ".")
        try:
            kroner = Decimal(digits) * 1000
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if kroner != kroner.to_integral_value() or abs(kroner) > Decimal(10) ** 15:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(kroner)


class KronerField(forms.CharField):
    """An amount in whole kroner, as people write it: «200 000», «kr 30.000», «200 000 kroner»."""

    default_error_messages = {"invalid": _("Skriv beløpet i hele kroner, for eksempel 200 000.")}

    def prepare_value(self, value: Any) -> Any:
        """Parted in thousands."""
        return thousands(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Read the text. Raises ValidationError for what is no amount in whole kroner."""
        text = super().clean(value)
        if not text:
            return None
        digits = re.sub(r"(?i)\s|\u00a0|\u202f|kr(?:oner)?\.?|,-$", "", text)
        digits = re.sub(r"\.(?=\d{3}(?:\D|$))", "", digits).replace("\u2212", "-")
        if not re.fullmatch(r"-?\d{1,15}", digits):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(digits)


class LineListField(forms.CharField):
    """Several values, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """One on each line."""
        return "\n".join(str(part) for part in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The lines that say something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]
