"""What a site remembers: no representation shows it, and what is over is known."""

from datetime import UTC, datetime, timedelta

from kiosk.session.model.carried import Carried, Cookie, CookieName, Storage, Taken

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
CALLED = CookieName("app.example", "/", "device")


def test_no_representation_shows_what_a_site_remembers() -> None:
    """Law 10."""
    storage = Storage("https://app.example", '{"local": "canary"}')
    cookie = Cookie(CALLED, "canary")
    carried = Carried((cookie,), (storage,))
    assert "canary" not in f"{cookie} {storage} {carried} {Taken('https://app.example', storage)}"
    assert "device" in repr(cookie)


def test_a_cookie_is_over_from_the_moment_it_names() -> None:
    assert not Cookie(CALLED, "x").is_over(AT)
    assert not Cookie(CALLED, "x", AT + timedelta(seconds=1)).is_over(AT)
    assert Cookie(CALLED, "x", AT).is_over(AT)


def test_the_same_name_elsewhere_is_another_cookie() -> None:
    """A host alone, and everything below it, are two."""
    assert CookieName(".app.example", "/", "device") != CALLED
    assert Cookie(CALLED, "x") != Cookie(CALLED, "y")
