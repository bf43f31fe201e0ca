"""Pages of the governing documents."""
