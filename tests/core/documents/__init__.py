"""Fixed documents that the tests set and read back. Facts are real, prose and persons are ours."""

from core.pdf.blocks import Document
from tests.core.documents.annual import annual_report
from tests.core.documents.annual_nn import annual_report_nn
from tests.core.documents.letter import allocation_letter
from tests.core.documents.note import preparation_note
from tests.core.documents.passport import passport
from tests.core.documents.tertial import tertial_report


def samples() -> dict[str, Document]:
    """Name → document, in the order they are looked at."""
    return {
        "arsrapport": annual_report(),
        "arsrapport-nn": annual_report_nn(),
        "virksomhetsrapport": tertial_report(),
        "tildelingsbrev": allocation_letter(),
        "oppdragspass": passport(),
        "forberedelsesnotat": preparation_note(),
    }
