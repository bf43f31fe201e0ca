"""Governing documents over REST: read only."""
