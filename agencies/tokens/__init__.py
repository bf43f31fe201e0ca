"""Tokens of system clients: what every API above needs to know who asks."""
