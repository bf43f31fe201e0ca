"""Rendering of reports."""
