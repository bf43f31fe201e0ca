"""News from the kernel to the apps above."""

from django.dispatch import Signal

#: Sent with ``message`` (a core.models.Message) and ``at`` when an e-mail has got its final state: sent, uncertain,
#: failed or bounced. In the transaction that writes the state; a receiver that fails is logged and the state stands.
message_settled = Signal()
