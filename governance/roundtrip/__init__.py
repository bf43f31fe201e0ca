"""A letter out of the system and back in (K1, F3): one value, ``Letter``, with JSON and Word as two ways to write it.

>>> from governance import roundtrip
>>> data = roundtrip.export_json(document)
>>> roundtrip.read_json(data).canonical() == roundtrip.letter_of(document).canonical()
True

``Letter`` holds the head, the passages, every row of the item registry, the changes and the signatories, with
permanent ids. Two letters are equal when their canonical JSON is equal: items and normalised passages, without pages
and offsets. docs/guides/roundtrip.md says how a file is edited and comes back.
"""

from governance.roundtrip.letter import SCHEMA, Letter
from governance.roundtrip.reading import read_json
from governance.roundtrip.source import export_json, letter_of

__all__ = ["SCHEMA", "Letter", "export_json", "letter_of", "read_json"]
