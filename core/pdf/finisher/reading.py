"""The reading file from the archive file's objects: only what each says it is differs.

Laying out and painting twice would cost a third more time, and the two files could come to differ."""

from io import BytesIO
from typing import Any


def as_reading_file(document: Any, pdf: Any) -> bytes:
    """The finished objects written as PDF/UA-1. ``pdf`` is left as it was, to be written again as
    the archive file."""
    count = len(pdf.objects)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    archive_says, reference = metadata.stream, pdf.catalog["Metadata"]
    document.metadata.include_in_pdf(pdf, "ua", 1, conformance=None, compress=True)
    metadata.stream = pdf.objects[-1].stream
    del pdf.objects[count:]
    pdf.catalog["Metadata"] = reference
    output = BytesIO()
    pdf.write(output, b"1.7", identifier=True, compress=True)
    # Writing adds the information, object and cross-reference objects at the end.
    del pdf.objects[count:]
    pdf.current_position = 0
    metadata.stream = archive_says
    return output.getvalue()
