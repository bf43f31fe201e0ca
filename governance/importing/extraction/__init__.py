"""Documents in: one module for each format, one door (:func:`extract`)."""
