"""Every cookie of a profile is told, and is there in the first request of the next: a real engine.

Needs a screen: the web engine draws on one, or X11 keeps who owns what.
"""

from datetime import timedelta

from kiosk.session.model.carried import Cookie, CookieName
from kiosk.ui.xchart.cookies import as_given
from tests.support.remembering_site import New, Remembering, new, site

KINDS = (
    "session=1",
    "hidden=2; HttpOnly",
    "__Host-bound=3; Secure; Path=/",
    "__Secure-one=4; Secure; Path=/",
    "device=5; Secure; HttpOnly; Max-Age=3600; Path=/",
    "lax=6; SameSite=Lax",
    "strict=7; SameSite=Strict",
    "none=8; SameSite=None; Secure",
    'quoted="a b"',
    "equals=x=y==",
    "octets=h\xe9",
    "deep=9; Path=/deep",
)

__all__ = ["new", "site"]
SENT = frozenset(each.partition(";")[0] for each in KINDS)


def test_every_kind_is_told_and_comes_along_with_the_first_request_of_the_next(
    new: New, site: Remembering
) -> None:
    """Secure ones too: on loopback the engine trusts plain HTTP."""
    first = new()
    first.open(site.sets(*KINDS))
    first.settle()
    assert set(first.told) == {f"+{each}" for each in SENT}
    first.open(site.origin + "/deep/one")
    assert site.came_to("/deep/one") == SENT
    second = new()
    second.mirror.put_back(first.kept.values())
    second.open(site.origin + "/deep/two")
    assert site.came_to("/deep/two") == SENT
    second.settle()
    assert second.told == []


def test_what_each_is_like_comes_back(new: New, site: Remembering) -> None:
    """The engine is asked itself: a cookie of the host alone, secure, until then."""
    first, second = new(), new()
    first.open(site.sets("script=1; Secure; Max-Age=3600; Path=/"))
    first.settle()
    second.mirror.put_back(first.kept.values())
    second.open(site.origin + "/")
    asked = "(await cookieStore.getAll()).map(each => ({...each.toJSON?.() ?? each, expires: "
    asked += "Math.floor(each.expires / 1000)}))"
    (before,), (after,) = first.run(asked), second.run(asked)
    assert after == before
    assert (after["domain"], after["secure"], after["sameSite"]) == (None, True, "lax")


def test_one_that_scripts_may_not_read_stays_so(new: New, site: Remembering) -> None:
    first, second = new(), new()
    first.open(site.sets("hidden=1; HttpOnly", "open=1"))
    first.settle()
    second.mirror.put_back(first.kept.values())
    second.open(site.origin + "/")
    assert second.run("document.cookie") == "open=1"


def test_changes_are_told_each_once(new: New, site: Remembering) -> None:
    """The engine tells of a removal first. Set again without a change, it tells of two."""
    profile = new()
    profile.open(site.sets("device=1; Max-Age=3600"))
    profile.settle()
    assert profile.told == ["+device=1"]
    profile.open(site.sets("device=2; Max-Age=3600"))
    profile.settle()
    assert profile.told == ["+device=1", "+device=2"]
    (before,) = profile.kept.values()
    profile.now += timedelta(seconds=1)
    profile.open(site.sets("device=2; Max-Age=7200"))
    profile.settle()
    (after,) = profile.kept.values()
    assert before.expires_at is not None
    assert after.expires_at is not None
    assert after.expires_at - before.expires_at > timedelta(minutes=59)


def test_one_that_is_set_again_as_it_was_stays(new: New, site: Remembering) -> None:
    """A site does so with every page: what the engine tells would forget the device."""
    profile = new()
    for _ in range(3):
        profile.open(site.sets("device=1; HttpOnly", "other=1"))
        profile.settle()
    assert profile.told == ["+device=1", "+other=1"]
    assert profile.contents() == {"device": "1", "other": "1"}


def test_one_that_the_site_deletes_is_gone(new: New, site: Remembering) -> None:
    """By the server, and by its script; also one that was put back."""
    first = new()
    first.open(site.sets("a=1; HttpOnly", "b=1", "c=1"))
    first.settle()
    first.open(site.sets("a=; Max-Age=0"))
    first.run("document.cookie = 'b=; max-age=0'")
    first.settle()
    assert first.contents() == {"c": "1"}
    second = new()
    second.mirror.put_back(first.kept.values())
    second.kept = dict(first.kept)
    second.open(site.sets("c=; Max-Age=0"))
    second.settle()
    assert second.contents() == {}


def test_one_that_is_gone_is_told_before_the_end(new: New, site: Remembering) -> None:
    profile = new()
    profile.open(site.sets("a=1"))
    profile.settle()
    removed: list[str] = []
    profile.profile.cookieStore().cookieRemoved.connect(lambda _: removed.append("a"))
    profile.page.runJavaScript("document.cookie = 'a=; max-age=0'")
    profile.bot.waitUntil(lambda: bool(removed), timeout=10_000)
    profile.mirror.flush()
    assert profile.told == ["+a=1", "-a"]


def test_one_that_is_over_is_dropped_without_the_engines_word(new: New, site: Remembering) -> None:
    profile = new()
    profile.open(site.sets("short=1; Max-Age=600", "long=1; Max-Age=3600", "session=1"))
    profile.settle()
    profile.now += timedelta(minutes=11)
    assert profile.mirror._sweeping.isActive()
    profile.mirror._sweeping.timeout.emit()
    assert profile.told[-1] == "-short"
    assert set(profile.contents()) == {"long", "session"}


def test_that_the_engine_tells_late_of_one_that_is_over_changes_nothing(
    new: New, site: Remembering
) -> None:
    """It tells of a removal that the mirror has told already."""
    profile = new()
    profile.open(site.sets("short=1; Max-Age=600"))
    profile.settle()
    (short,) = profile.kept.values()
    profile.now += timedelta(minutes=11)
    profile.mirror.drop_over()
    late = as_given(short)
    late.setDomain(short.called.domain)
    profile.profile.cookieStore().cookieRemoved.emit(late)
    profile.mirror.flush()
    assert profile.told == ["+short=1", "-short"]


def test_a_partitioned_one_is_sent_once_when_the_site_sets_it_again(
    new: New, site: Remembering
) -> None:
    """It comes back without its partition, so that there would be two."""
    how = "Secure; Path=/; SameSite=None; Partitioned"
    first = new()
    first.open(site.sets(f"part=1; {how}"))
    first.settle()
    second = new()
    second.mirror.put_back(first.kept.values())
    second.kept = dict(first.kept)
    second.open(site.origin + "/one")
    assert site.came_to("/one") == {"part=1"}
    second.open(site.sets(f"part=2; {how}"))
    second.settle()
    second.open(site.origin + "/two")
    assert site.came_to("/two") == {"part=2"}
    assert second.contents() == {"part": "2"}
    second.open(site.sets(f"part=2; {how}"))
    second.settle()
    second.open(site.origin + "/three")
    assert site.came_to("/three") == {"part=2"}
    assert second.contents() == {"part": "2"}


def test_two_that_are_both_the_sites_are_left_to_it(new: New, site: Remembering) -> None:
    """What was put back was not taken by the engine: neither of these is ours to delete."""
    profile = new()
    over = CookieName("127.0.0.1", "/", "part")
    profile.mirror.put_back([Cookie(over, "0", profile.now - timedelta(days=1), secure=True)])
    profile.open(site.sets("part=1; Secure; Path=/; SameSite=None"))
    profile.open(site.sets("part=2; Secure; Path=/; SameSite=None; Partitioned"))
    profile.settle()
    profile.open(site.origin + "/both")
    assert site.came_to("/both") == {"part=1", "part=2"}


def test_many_cookies_survive_many_restarts(new: New, site: Remembering) -> None:
    """40 in 40 rounds, each in a profile of its own: nothing is waited for in between."""
    names = [f"{'__Host-' if n % 4 == 0 else ''}c{n}" for n in range(40)]
    profile = new()
    profile.open(site.sets(*(f"{name}=x{'y' * 50}; Secure; Path=/" for name in names)))
    profile.settle()
    carried: dict[str, Cookie] = {each.called.name: each for each in profile.kept.values()}
    assert sorted(carried) == sorted(names)
    sent = frozenset(f"{name}=x{'y' * 50}" for name in names)
    for number in range(40):
        profile = new()
        profile.mirror.put_back(carried.values())
        profile.open(f"{site.origin}/{number}")
        assert site.came_to(f"/{number}") == sent
        profile.close()
