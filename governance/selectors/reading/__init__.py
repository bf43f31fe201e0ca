"""Reading what is in force: on a day, between two days, beside another text, through the years (K3)."""
