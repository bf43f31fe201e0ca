"""News for the apps above: sent by actions, inside their transaction."""

from django.dispatch import Signal

#: Sent with ``assignment``, ``actor`` and ``at`` after every act on an assignment or its deliveries: answered,
#: returned, new deadline, new owner, closed. Receivers stop or plan reminders.
assignment_changed = Signal()
