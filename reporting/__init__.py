"""The reporting year: calendar, reminders, reports."""
