"""The life of assignments."""
