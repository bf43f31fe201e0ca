"""Changes to who exists and who may what."""
