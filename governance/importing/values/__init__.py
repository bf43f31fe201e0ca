"""Small pure parsers of Norwegian values: dates, times, amounts, references, text.

No state, no clock: a date without a year needs the year given.
"""
