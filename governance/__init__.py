"""What stands in the governing documents."""
