"""What governance hears from the kernel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.models import Message
from governance.actions import sending


def on_message_settled(sender: Any, message: Message, at: datetime, **kwargs: Any) -> None:
    """A dispatch's e-mail has got its final state."""
    if message.purpose == sending.PURPOSE:
        sending.settle_dispatch(message=message, at=at)
