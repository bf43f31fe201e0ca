"""Pages of reporting, one module for each place."""
