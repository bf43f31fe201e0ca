"""A letter as a Word file, and an edited Word file back as a letter (ADR on stable ids in Word).

Every value stands in a content control whose tag names the row and the field; the letter as it was exported travels
along in a custom XML part. What a person did not touch is therefore exactly what it was, and what was added without
a control is shown as new.
"""

from governance.roundtrip.word.reading import read_word
from governance.roundtrip.word.writing import write_word

__all__ = ["read_word", "write_word"]
