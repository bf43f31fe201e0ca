"""Set-up and local services for development and tests: nothing here runs in production."""
