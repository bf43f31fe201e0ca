"""The demonstration year: data and the acts that make it, run as the people who would do them.

The facts are those of real letters; the prose, the people and the results are made up. Nothing here writes to
the database itself: it calls the same actions as the pages.
"""
