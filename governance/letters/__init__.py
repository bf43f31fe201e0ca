"""A governing document as blocks for the reading and archive copies, and for the page (documents.md section 2).

>>> letter_document(document, created=document.issued_at)               # what leaves the house: exempt rows as shells
>>> letter_document(document, created=document.issued_at, whole=True)   # the archive copy: everything
>>> frozen_document(document, snapshot, created=opened_at)              # a draft as it was shown on a day
"""

from governance.letters.document import frozen_document, letter_document

__all__ = ["frozen_document", "letter_document"]
