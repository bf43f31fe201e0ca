"""Assignment status by REST: read only."""
