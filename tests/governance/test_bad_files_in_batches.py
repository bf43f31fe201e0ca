"""Each kind of bad file inside a batch: a sentence that says why, the file kept, the letters beside it read."""

import pytest

from governance.actions.imports import Upload
from governance.models import BatchEntry, EntryState
from tests.cast import Cast
from tests.governance.importing.test_refusals import LETTER as SHORT
from tests.governance.importing.test_refusals import package, pdf, word
from tests.governance.test_import_batches import ENGLISH, letter, run, start

REPORT = (
    "Årsrapport 2025 for Visearkivet\n\nI Leders beretning\nÅret har vært godt, og arkivet har nådd sine mål.\n\n"
    "II Introduksjon til virksomheten og hovedtall\nArkivet har ti ansatte.\n\n"
    "III Årets aktiviteter og resultater\nDet ble samlet inn mange viser.\n"
)
BAD = {
    "damaged_file": lambda: Upload("avkuttet.pdf", pdf(SHORT * 20)[:900]),
    "encrypted_file": lambda: Upload("passord.pdf", pdf("Brev til etaten", password="hemmelig")),
    "wrong_extension": lambda: Upload("feil-navn.pdf", SHORT.encode()),
    "macro_file": lambda: Upload("makro.docm", word()),
    "package_bomb": lambda: Upload("bombe.zip", package({"brev.txt": b"0" * 60_000_000})),
    "package_path": lambda: Upload("ut.zip", package({"../../ut.txt": SHORT.encode()})),
    "table_too_large": lambda: Upload("tabell.docx", word(10_000)),
    "not_norwegian": lambda: Upload("letter.txt", ENGLISH),
    "annual_report": lambda: Upload("rapport.txt", REPORT.encode()),
}


@pytest.mark.parametrize("code", sorted(BAD))
def test_a_bad_file_in_a_batch_is_told_of_and_kept_and_the_letters_beside_it_are_read(cast: Cast, code: str) -> None:
    bad = BAD[code]()
    batch = run(start(cast, letter(2021), bad, letter(2022)))
    entries = list(BatchEntry.objects.filter(batch=batch).order_by("ordinal"))
    assert [entry.state for entry in entries] == [EntryState.READ, EntryState.REFUSED, EntryState.READ]
    refused = entries[1]
    assert refused.problem["code"] == code
    assert refused.problem["message"].endswith(".")
    assert bad.name in refused.problem["message"]
    assert refused.file_id is not None, "the file is kept"
    assert batch.job is not None
    assert (batch.job.state, batch.job.done, batch.job.total) == ("done", 3, 3)
