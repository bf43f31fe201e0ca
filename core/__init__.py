"""The kernel without domain nouns."""
