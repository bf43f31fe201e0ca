"""News for the apps above: sent by actions, inside their transaction."""

from django.dispatch import Signal

#: Sent with ``document``, ``actor`` and ``at`` when a document has been issued or registered as issued.
#: Receivers make the life of its items: assignments, calendar entries, expected deliveries.
document_issued = Signal()

#: Sent with ``document``, ``rows`` (the rows that are new or changed, as a correction keeps them), ``gone`` (permanent
#: ids of rows that go away, which are still there), ``actor`` and ``at`` when the record of a registered document is
#: put right. Receivers let the life of its items follow, and let go of those that go away.
registration_corrected = Signal()
