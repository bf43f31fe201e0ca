"""Taking content out of a sent document: where copies of it lie, what is found, and the writing itself (A16)."""
