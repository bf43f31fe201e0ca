"""From what the reader recognised to rows a person can go through, and on to items of a document.

Pure functions on plain values. The reader itself is :mod:`governance.importing`; what is written to the
database is written by :mod:`governance.actions`.
"""
