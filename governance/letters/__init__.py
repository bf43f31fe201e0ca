"""A governing document as blocks for the reading and archive copies, and for the page (documents.md section 2).

>>> letter_document(document, created=document.issued_at)          # everything, for the addressee
>>> letter_document(document, created=…, withheld=exempt_items(document))   # the public copy: exempt rows as shells
"""

from governance.letters.document import letter_document

__all__ = ["letter_document"]
