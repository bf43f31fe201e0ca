"""Putting the record of a registered document right: the values, the tables, the text, and what was known before."""
