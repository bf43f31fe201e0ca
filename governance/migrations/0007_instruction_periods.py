"""The days each issued instruction was in force, for those registered before the periods were kept."""

from collections import defaultdict
from datetime import timedelta

from django.db import migrations


def fill(apps, schema_editor):
    document = apps.get_model("governance", "SteeringDocument")
    period = apps.get_model("governance", "InstructionPeriod")
    by_agency = defaultdict(dict)
    issued = document.objects.filter(state="issued", kind__family="instruction").order_by("id")
    for row in issued.only("id", "recipient_id", "effective_on", "document_date"):
        by_agency[row.recipient_id][row.effective_on or row.document_date] = row.pk
    for agency, days in by_agency.items():
        first_days = sorted(days)
        for first, following in zip(first_days, [*first_days[1:], None], strict=True):
            last = following - timedelta(days=1) if following else None
            period.objects.get_or_create(
                document_id=days[first], defaults={"agency_id": agency, "valid_from": first, "valid_to": last}
            )


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_states_templates_reminders")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
