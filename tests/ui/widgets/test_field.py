"""One line of a form: named for everyone, tall enough, and an eye that says what it does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from kiosk.session.model.intents import Ticket
from kiosk.session.pages import typing_hints
from kiosk.session.pages.typing_hints import KeyLocks
from kiosk.ui.look.theme import Look
from kiosk.ui.widgets.field import Field, Reveal
from kiosk.ui.widgets.typed import SecretLine
from tests.ui.conftest import Stage


@pytest.fixture
def password(plain: Look, stage: Stage) -> Field:
    field = Field(plain, SecretLine(lambda _typed: Ticket(1)))
    stage(field)
    field.name("Password")
    return field


def eye(field: Field) -> Reveal:
    assert field.reveal is not None
    return field.reveal


def test_the_eye_is_named_after_what_a_press_would_do(password: Field) -> None:
    assert eye(password).accessibleName() == "Show password"
    QTest.mouseClick(eye(password), Qt.MouseButton.LeftButton)
    assert eye(password).accessibleName() == "Hide password"
    assert password.line.echoMode() is QLineEdit.EchoMode.Normal
    QTest.mouseClick(eye(password), Qt.MouseButton.LeftButton)
    assert eye(password).accessibleName() == "Show password"
    assert password.line.echoMode() is QLineEdit.EchoMode.Password


def test_a_line_that_is_no_secret_has_no_eye(plain: Look, stage: Stage) -> None:
    field = Field(plain, QLineEdit())
    stage(field)
    field.name("E-mail")
    assert field.reveal is None
    assert field.line.accessibleName() == "E-mail"


def test_an_offer_fills_what_nobody_touched(plain: Look, stage: Stage) -> None:
    field = Field(plain, QLineEdit())
    stage(field)
    field.offer("office@x.example")
    field.offer("front@x.example")
    assert field.line.text() == "front@x.example"
    QTest.keyClicks(field.line, "!")
    field.offer("office@x.example")
    assert field.line.text() == "front@x.example!"


def test_the_outline_is_as_tall_as_a_finger(plain: Look, password: Field) -> None:
    frame = password.line.parentWidget()
    assert frame is not None
    assert frame.height() >= plain.touch("other")
    assert eye(password).width() >= plain.touch("other")


def said(field: Field) -> set[str]:
    return {label.text() for label in field.findChildren(QLabel) if label.isVisible()}


def test_caps_lock_is_said_below_a_password_and_nowhere_else(
    password: Field, plain: Look, stage: Stage
) -> None:
    password.show_locks(KeyLocks(caps=True))
    assert said(password) == {"Password", typing_hints.CAPS_LOCK}
    for locks in (KeyLocks(caps=False), KeyLocks()):
        password.show_locks(locks)
        assert said(password) == {"Password"}
    email = Field(plain, QLineEdit())
    stage(email)
    email.name("E-mail")
    email.show_locks(KeyLocks(caps=True))
    assert said(email) == {"E-mail"}


def test_a_key_of_the_number_pad_that_types_nothing_is_said(password: Field) -> None:
    QTest.keyClick(password.line, Qt.Key.Key_End, Qt.KeyboardModifier.KeypadModifier)
    assert typing_hints.NUM_LOCK in said(password)
