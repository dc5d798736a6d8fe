"""One-shot slots: a secret can be taken once, by its ticket, and is shown by nothing (law 10)."""

from threading import Barrier, Thread

from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.slots import Secret, Slots, digits_in, text_in
from kiosk.session.model.intents import Ticket

PATIENCE = 10.0


@given(st.lists(st.text(), max_size=20))
def test_every_secret_can_be_taken_once_and_its_slot_is_empty_then(secrets: list[str]) -> None:
    slots = Slots[str]()
    tickets = [slots.put(secret) for secret in secrets]
    assert len(set(tickets)) == len(secrets)
    assert len(slots) == len(secrets)
    assert [slots.take(ticket) for ticket in tickets] == secrets
    assert [slots.take(ticket) for ticket in tickets] == [None] * len(secrets)
    assert len(slots) == 0


def test_a_ticket_is_never_given_out_twice() -> None:
    slots = Slots[str]()
    first = slots.put("one")
    slots.take(first)
    assert slots.put("two") != first
    assert slots.take(first) is None


def test_a_dropped_secret_is_gone() -> None:
    slots = Slots[str]()
    ticket = slots.put("one")
    slots.drop(ticket)
    slots.drop(ticket)
    slots.drop(Ticket(12345))
    assert slots.take(ticket) is None
    assert len(slots) == 0


@given(st.text(min_size=4))
def test_nothing_shows_a_secret(secret: str) -> None:
    slots = Slots[str]()
    slots.put(f"canary-{secret}")
    assert "canary" not in repr(slots) + str(slots) + f"{slots}"


def test_of_many_threads_one_gets_it() -> None:
    slots = Slots[str]()
    ticket = slots.put("one")
    together = Barrier(8)
    got: list[str | None] = []

    def take() -> None:
        together.wait(PATIENCE)
        got.append(slots.take(ticket))

    threads = [Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(got, key=str) == [None] * 7 + ["one"]


def test_what_is_looked_at_stays_until_it_is_dropped() -> None:
    slots = Slots[str]()
    ticket = slots.put("words")
    assert slots.look(ticket) == slots.look(ticket) == "words"
    slots.drop(ticket)
    assert slots.look(ticket) is None


def test_digits_are_wiped_where_they_lie_when_nobody_takes_them() -> None:
    """T28."""
    slots, pin = Slots[Secret](), bytearray(b"482915")
    slots.drop(slots.put(pin))
    assert pin == bytes(6)


def test_a_pin_is_no_text_and_a_text_no_pin() -> None:
    assert (text_in("words"), text_in(bytearray(b"482915")), text_in(None)) == ("words", "", "")
    pin = bytearray(b"482915")
    assert digits_in(pin) is pin
    assert digits_in("482915") == digits_in(None) == bytearray()
