"""Writing in reporting: reports, figures, calendar and reminders."""
