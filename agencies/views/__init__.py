"""Pages about people, roles and organisations."""
