"""News for the apps above: sent by actions, inside their transaction."""

from django.dispatch import Signal

#: Sent with ``document``, ``actor`` and ``at`` when a document has been issued or registered as issued.
#: Receivers make the life of its items: assignments, calendar entries, expected deliveries.
document_issued = Signal()
