"""News inside the reporting year: sent by actions, inside their transaction."""

from django.dispatch import Signal

#: Sent with ``report``, ``expected`` (or None), ``actor`` and ``at`` when a report has been submitted or registered
#: as submitted. Receivers stop what is left of the reminders.
report_submitted = Signal()

#: Sent with ``agency``, ``actor`` and ``at`` when expected deliveries of an agency came, changed date or were settled.
expected_changed = Signal()
