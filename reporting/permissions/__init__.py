"""Who may do what in reporting, one module for each aggregate."""
