"""A profile of its own for whoever proves a login: made anew each time, gone when it is let go."""

from kiosk.session.model.site import APART, Seen, Whose
from kiosk.ui.xchart.site_apart import Apart


class Account:
    """Stands for a profile, and says what became of it."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.is_gone = False

    def with_page(self, person_id: str, _carried: object, then: object) -> None:
        self.opened.append(person_id)

    def discard(self) -> None:
        self.is_gone = True


def test_each_try_has_a_new_one_and_the_last_is_gone() -> None:
    made: list[Account] = []

    def make(_account_id: str) -> Account:
        made.append(Account())
        return made[-1]

    def seen(_whose: Whose, _then: object, _seen: Seen) -> None:
        raise AssertionError("nothing was looked at")

    apart = Apart(make, seen)  # type: ignore[arg-type]
    for _ in range(2):
        apart.open("web-1", lambda _seen: None)
    assert [each.is_gone for each in made] == [True, False]
    assert made[0].opened == [APART]
    taken: object = apart.take("web-1")
    assert taken is made[1]
    assert apart.account("web-1") is None
    apart.drop("web-1")
    assert not made[1].is_gone, "it is somebody else's to keep"
    apart.open("web-2", lambda _seen: None)
    apart.discard()
    assert made[2].is_gone
