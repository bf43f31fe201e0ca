"""One e-mail from row to relay, and what the row says when something goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from core import mail
from core.actor import system_actor
from core.clock import OSLO
from core.files import store
from core.mail import Words, queue_message
from core.models import Message, MessageState
from core.signals import message_settled
from tests.mailbox import Mailbox, running_mailbox

AT = datetime(2026, 3, 5, 7, 0, tzinfo=OSLO)
LATER = AT + timedelta(hours=2)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as box:
        yield box


def queue(to: str = "postmottak@test.invalid", **fields: object) -> Message:
    words = Words("Påminnelse om frist", ".en linje som begynner med punktum\nFristen er 9. oktober.\n", "<p>Frist</p>")
    return queue_message(to=to, words=words, purpose="test", at=AT, **fields)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_queued_message_arrives_whole_and_is_marked_delivered(mailbox: Mailbox) -> None:
    row = queue(reply_to="svar@test.invalid")
    result = mail.deliver_due(AT, relay=mailbox.relay())
    row.refresh_from_db()
    arrived = mailbox.received[0]
    assert result.sent == [row.uuid]
    assert row.state == MessageState.SENT
    assert row.sent_at is not None
    assert arrived["Message-ID"] == row.message_id
    assert arrived["Subject"] == "Påminnelse om frist"
    assert arrived["Reply-To"] == "svar@test.invalid"
    text = arrived.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == [".en linje som begynner med punktum", "Fristen er 9. oktober."]
    assert arrived.get_body(("html",)) is not None


@pytest.mark.django_db
def test_attachments_follow_with_name_and_content(mailbox: Mailbox) -> None:
    stored = store(name="brev på pdf.pdf", data=b"%PDF-1.7 innhold", actor=system_actor("test"))
    queue(attachments=[stored])
    mail.deliver_due(AT, relay=mailbox.relay())
    parts = list(mailbox.received[0].iter_attachments())
    assert [part.get_filename() for part in parts] == ["brev på pdf.pdf"]
    assert parts[0].get_content() == b"%PDF-1.7 innhold"


@pytest.mark.django_db
def test_nothing_leaves_before_its_time(mailbox: Mailbox) -> None:
    row = queue(not_before=LATER)
    assert mail.deliver_due(AT, relay=mailbox.relay()).sent == []
    assert mail.deliver_due(LATER, relay=mailbox.relay()).sent == [row.uuid]


@pytest.mark.django_db
def test_a_permanent_refusal_is_a_failed_row_with_the_answer(mailbox: Mailbox) -> None:
    mailbox.answer = lambda step: "550 ukjent mottaker" if step == "RCPT" else None
    row = queue()
    mail.deliver_due(AT, relay=mailbox.relay())
    row.refresh_from_db()
    assert row.state == MessageState.FAILED
    assert "550 ukjent mottaker" in row.problem


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_temporary_refusal_is_tried_again_and_is_no_doubt(mailbox: Mailbox, step: str) -> None:
    mailbox.answer = lambda now: "451 prøv igjen" if now == step else None
    row = queue()
    assert mail.deliver_due(AT, relay=mailbox.relay()).waiting == [row.uuid]
    mailbox.answer = lambda _now: None
    assert mail.deliver_due(LATER, relay=mailbox.relay()).sent == [row.uuid]
    row.refresh_from_db()
    assert (row.state, row.handovers) == (MessageState.SENT, 1)


@pytest.mark.django_db
def test_a_relay_that_is_away_keeps_the_message_waiting() -> None:
    with running_mailbox() as gone:
        relay = gone.relay()
    row = queue()
    assert mail.deliver_due(AT, relay=relay).waiting == [row.uuid]
    row.refresh_from_db()
    assert (row.state, row.handovers) == (MessageState.QUEUED, 0)
    with running_mailbox() as back:
        assert mail.deliver_due(LATER, relay=back.relay()).sent == [row.uuid]


@pytest.mark.django_db
def test_a_silence_after_the_body_is_tried_once_more_with_the_same_bytes_and_says_uncertain(mailbox: Mailbox) -> None:
    mailbox.drop_after_data = 1
    row = queue()
    assert mail.deliver_due(AT, relay=mailbox.relay()).waiting == [row.uuid]
    assert mail.deliver_due(LATER, relay=mailbox.relay()).uncertain == [row.uuid]
    row.refresh_from_db()
    assert row.state == MessageState.UNCERTAIN
    assert mailbox.ids() == [row.message_id, row.message_id]
    assert mailbox.received[0].as_bytes() == mailbox.received[1].as_bytes()


@pytest.mark.django_db
def test_a_message_never_leaves_a_third_time(mailbox: Mailbox) -> None:
    mailbox.drop_after_data = 3
    row = queue()
    for hours in range(0, 12, 2):
        mail.deliver_due(AT + timedelta(hours=hours), relay=mailbox.relay())
    row.refresh_from_db()
    assert len(mailbox.received) == 2
    assert row.state == MessageState.UNCERTAIN


@pytest.mark.django_db
def test_a_claim_that_ran_out_before_the_body_is_taken_again_without_doubt(mailbox: Mailbox) -> None:
    row = queue()
    assert mail.claim(AT) == row
    assert mail.deliver_due(AT, relay=mailbox.relay()).sent == []
    assert mail.deliver_due(LATER, relay=mailbox.relay()).sent == [row.uuid]


@pytest.mark.django_db
def test_apps_learn_what_became_of_a_message_and_a_failing_one_undoes_nothing(mailbox: Mailbox) -> None:
    heard: list[str] = []

    def listen(message: Message, **_rest: object) -> None:
        heard.append(message.state)
        raise ValueError

    message_settled.connect(listen)
    try:
        row = queue()
        mail.deliver_due(AT, relay=mailbox.relay())
    finally:
        message_settled.disconnect(listen)
    row.refresh_from_db()
    assert heard == ["sent"]
    assert row.state == MessageState.SENT


@pytest.mark.django_db
def test_an_address_that_cannot_be_written_fails_visibly(mailbox: Mailbox) -> None:
    row = queue(to="nær@blåbær.invalid")
    mail.deliver_due(AT, relay=mailbox.relay())
    row.refresh_from_db()
    assert row.state == MessageState.FAILED
    assert row.problem
