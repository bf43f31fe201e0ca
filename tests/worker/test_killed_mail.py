"""A worker killed at each point of sending: nothing is lost, and a message leaves twice only in the last window (D1).

Real Redis, worker, beat and SMTP server, a real database; SIGKILL to the whole process group.
"""

from __future__ import annotations

import threading

import pytest

from core import clock
from core.mail import Words, queue_message
from core.models import Message, MessageState
from tests.mailbox import Mailbox
from tests.worker.processes import Processes, own_connection, wait_for, waits_for_lock

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
FINAL = (MessageState.SENT, MessageState.UNCERTAIN, MessageState.FAILED)


def queue() -> Message:
    words = Words("Påminnelse", "Fristen er 9. oktober.\n")
    return queue_message(to="postmottak@test.invalid", words=words, purpose="test", at=clock.now())


def state_of(row: Message) -> str:
    return Message.objects.values_list("state", flat=True).get(pk=row.pk)


def is_final(row: Message) -> bool:
    return state_of(row) in FINAL


class Gate:
    """Holds the SMTP server at a step until it is opened."""

    def __init__(self, mailbox: Mailbox, step: str) -> None:
        self.step, self.reached, self.opened = step, threading.Event(), threading.Event()
        mailbox.answer = self._answer

    def _answer(self, step: str) -> str | None:
        if step == self.step and not self.opened.is_set():
            self.reached.set()
            self.opened.wait(60)
        return None


def start_again(processes: Processes, row: Message) -> None:
    """A new worker with beat: the sweep finds what the dead one left."""
    processes.worker()
    if "beat" not in processes.running:
        processes.beat()
    wait_for(lambda: is_final(row), "the message to be settled")


def test_a_message_nobody_rang_for_is_found_by_beat(processes: Processes, mailbox: Mailbox) -> None:
    row = queue()
    start_again(processes, row)
    assert state_of(row) == MessageState.SENT
    assert mailbox.ids() == [row.message_id]


def test_killed_before_the_claim_it_leaves_once(processes: Processes, mailbox: Mailbox) -> None:
    row = queue()
    with own_connection() as holder:
        holder.execute("lock table core_message in access exclusive mode")
        processes.worker()
        processes.beat()
        wait_for(waits_for_lock, "the worker to reach the claim")
        processes.kill("worker")
        holder.rollback()
    assert state_of(row) == MessageState.QUEUED
    start_again(processes, row)
    assert state_of(row) == MessageState.SENT
    assert mailbox.ids() == [row.message_id]


def test_killed_after_the_claim_it_leaves_once_without_doubt(processes: Processes, mailbox: Mailbox) -> None:
    row, gate = queue(), Gate(mailbox, "RCPT")
    processes.worker()
    processes.beat()
    wait_for(gate.reached.is_set, "the worker to name the recipient")
    processes.kill("worker")
    gate.opened.set()
    assert state_of(row) == MessageState.SENDING
    start_again(processes, row)
    assert state_of(row) == MessageState.SENT
    assert mailbox.ids() == [row.message_id]


def test_killed_after_data_it_leaves_twice_with_one_id_and_says_uncertain(
    processes: Processes, mailbox: Mailbox
) -> None:
    row, gate = queue(), Gate(mailbox, "DONE")
    processes.worker()
    processes.beat()
    wait_for(gate.reached.is_set, "the whole message to be there, unanswered")
    processes.kill("worker")
    gate.opened.set()
    start_again(processes, row)
    assert state_of(row) == MessageState.UNCERTAIN
    assert mailbox.ids() == [row.message_id] * 2


def test_killed_before_the_commit_it_leaves_twice_with_one_id_and_says_uncertain(
    processes: Processes, mailbox: Mailbox
) -> None:
    row = queue()
    with own_connection() as holder:
        held = threading.Event()

        def hold(step: str) -> None:
            if step == "DONE" and not held.is_set():
                holder.execute("select 1 from core_message where id = %s for update", [row.pk])
                held.set()

        mailbox.answer = hold
        processes.worker()
        processes.beat()
        wait_for(held.is_set, "the relay to accept the message")
        wait_for(waits_for_lock, "the worker to write that it was sent")
        processes.kill("worker")
        holder.rollback()
    assert state_of(row) == MessageState.SENDING
    start_again(processes, row)
    assert state_of(row) == MessageState.UNCERTAIN
    assert mailbox.ids() == [row.message_id] * 2


def test_killed_in_the_last_window_again_it_never_leaves_a_third_time(processes: Processes, mailbox: Mailbox) -> None:
    row = queue()
    for _time in range(2):
        gate = Gate(mailbox, "DONE")
        processes.worker()
        if "beat" not in processes.running:
            processes.beat()
        wait_for(gate.reached.is_set, "the whole message to be there, unanswered")
        processes.kill("worker")
        gate.opened.set()
    start_again(processes, row)
    assert state_of(row) == MessageState.UNCERTAIN
    assert mailbox.ids() == [row.message_id] * 2
