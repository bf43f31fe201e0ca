"""`base` is complete and safe; the others only override."""
