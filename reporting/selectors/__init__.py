"""Reading in reporting, one module for each place."""
