"""Settings: what may be said, and how a fault is named by line and key."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.local.settings import (
    Display,
    Marks,
    Mode,
    Settings,
    SettingsFault,
    Show,
    Site,
    Theme,
    parse_settings,
    read_settings,
    render,
)
from kiosk.session.model.people import Place

HERE = Path("settings.toml")
EXAMPLE = Path(__file__).parents[2] / "installer" / "provisioning.example.toml"


def faults(text: str) -> list[tuple[int, str, str]]:
    parsed = parse_settings(text, HERE)
    assert isinstance(parsed, SettingsFault)
    return [(fault.line, fault.key, fault.sentence) for fault in parsed.faults]


def test_everything_can_be_said() -> None:
    text = """
mode = "web"
server = "https://Xchart.example:8443/"
location = "Main Street"
operatory = "Op 3"
zone = "America/Chicago"
proxy = "http://proxy.example:3128"
accept_auto_login = "locked room"
accept_copyable = "trial"
autostart = true
[display]
show = "window"
theme = "dark"
text_scale = 1.25
leave_screens = ["DP-2", "HDMI-1"]
[site]
start = "/signin"
sign_in = "https://login.xchart.example"
hosts = ["cdn.xchart.example"]
account = "Front desk"
assistants = ["Maria L.", "Jo"]
code_phone = "Dr. Rivera"
code_phone_ending = "21"
code_after_days = 30
[site.marks]
email = "#who"
sign_out = "a[href='/leave']"
record = "#vitals"
"""
    assert parse_settings(text, HERE) == Settings(
        Place("https://xchart.example:8443", "Main Street", "Op 3"),
        "America/Chicago",
        "http://proxy.example:3128",
        "locked room",
        "trial",
        Display(Show.WINDOW, Theme.DARK, 1.25, ("DP-2", "HDMI-1")),
        True,
        Mode.WEB,
        Site(
            "/signin",
            "https://login.xchart.example",
            ("cdn.xchart.example",),
            "Front desk",
            ("Maria L.", "Jo"),
            "Dr. Rivera",
            "21",
            30,
            Marks(email="#who", sign_out="a[href='/leave']", record="#vitals"),
        ),
    )


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("start", '"signin"'),
        ("start", '"//elsewhere.example"'),
        ("start", '"/signin?password=x"'),
        ("sign_in", '"http://xchart.example"'),
        ("hosts", '["cdn"]'),
        ("hosts", '["https://cdn.example"]'),
        ("hosts", '"cdn.example"'),
        ("assistants", '["Maria", "maria"]'),
        ("assistants", '["Maria\\n"]'),
        ("assistants", '[""]'),
        ("assistants", "[3]"),
        ("code_phone_ending", '"555 0100 021"'),
        ("code_after_days", "0"),
        ("code_after_days", "true"),
        ("marks", '"#who"'),
        ("marks.email", '""'),
        ("marks.button", "3"),
        ("marks.tile", '"#who"'),
    ],
)
def test_what_a_site_cannot_be_is_said(key: str, said: str) -> None:
    ((line, named, _),) = faults(f"[site]\n{key} = {said}")
    assert (line, named) == (2, f"site.{key}")


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()


def test_the_example_for_it_is_in_order() -> None:
    settings = read_settings(EXAMPLE)
    assert isinstance(settings, Settings)
    assert settings.place.operatory == "Op 3"


def test_a_misspelt_key_is_named_by_line_with_a_guess() -> None:
    text = 'server = "https://x.example"\nlocation = "Main"\n\noperatry = "Op 3"\n'
    assert faults(text) == [
        (4, "operatry", "Line 4: `operatry` is not a setting. Did you mean `operatory`?")
    ]


def test_every_fault_is_named_at_once_in_the_order_of_the_file() -> None:
    text = 'server = 3\nzone = "Mars"\n[display]\ntheme = "pink"\n\ntext_scale = 9\n[display.x]\n'
    assert [(line, key) for line, key, _ in faults(text)] == [
        (1, "server"),
        (2, "zone"),
        (4, "display.theme"),
        (6, "display.text_scale"),
        (7, "display.x"),
    ]


def test_a_value_that_is_none_of_the_choices_hears_them() -> None:
    ((_, _, sentence),) = faults('[display]\ntheme = "pink"')
    assert sentence == 'Line 2: `display.theme` must be one of "auto", "light", "dark".'


@pytest.mark.parametrize("key", ["password", "trust_token", "room_code", "device_key", "PIN"])
def test_a_secret_is_refused_and_never_repeated(key: str) -> None:
    ((line, named, sentence),) = faults(f'\n{key} = "canary-7f3a"')
    assert (line, named) == (2, key)
    assert "never hold a secret" in sentence
    assert "canary" not in sentence


@pytest.mark.parametrize(
    "server",
    [
        "http://xchart.example",
        "https://user:pw@xchart.example",
        "https://xchart.example/path",
        "https://xchart.example?x=1",
        "https://xchart.example:99999",
        "https://xch art.example",
        "https://",
        "xchart.example",
        "ftp://xchart.example",
        "https://[::1",
        "https://xchart.example:0",
        "https://xchart.exämple",
        "http://127.0.0.2:8000",
        "https://xchart.example?",
    ],
)
def test_a_server_is_an_origin_and_its_value_is_not_repeated(server: str) -> None:
    ((_, key, sentence),) = faults(f'server = "{server}"')
    assert key == "server"
    assert "pw" not in sentence


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_plain_http_is_for_this_computer_itself(host: str) -> None:
    settings = parse_settings(f'server = "http://{host}"', HERE)
    assert isinstance(settings, Settings)
    assert settings.place.server == f"http://{host}"


def test_the_schemes_own_port_is_not_said() -> None:
    """RFC 3986 section 6.2.3: one address, one way to write it."""
    settings = parse_settings('server = "https://Xchart.example:443"', HERE)
    assert isinstance(settings, Settings)
    assert settings.place.server == "https://xchart.example"


@pytest.mark.parametrize("port", ["", ":80"])
def test_a_proxys_port_is_always_said(port: str) -> None:
    """The calls and the page's engine would each take another for the default."""
    settings = parse_settings(f'proxy = "http://proxy.example{port}"', HERE)
    assert isinstance(settings, Settings)
    assert settings.proxy == "http://proxy.example:80"


def test_a_proxy_with_a_password_is_refused() -> None:
    ((_, key, sentence),) = faults('proxy = "http://me:canary@proxy.example:3128"')
    assert key == "proxy"
    assert "canary" not in sentence


def test_a_file_that_is_not_toml_is_named_by_line_without_its_text() -> None:
    ((line, _, sentence),) = faults('server = "https://x.example"\npassword = canary\n')
    assert line == 2
    assert "canary" not in sentence


def test_a_file_cut_off_in_the_middle_is_named_by_its_last_line() -> None:
    ((line, _, _),) = faults('server = "https://x.example"\nlocation = "Ma')
    assert line == 2


def test_a_file_that_is_not_text_is_named_by_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b'server = "https://x.example"\nlocation = "M\xff"\n')
    parsed = read_settings(file)
    assert isinstance(parsed, SettingsFault)
    assert parsed.faults[0].line == 2


def test_a_directory_in_its_place_is_a_fault(tmp_path: Path) -> None:
    assert isinstance(read_settings(tmp_path), SettingsFault)


words = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=60)
    .map(str.strip)
    .filter(lambda text: bool(text) and text.isprintable())
)


@given(
    st.builds(
        Settings,
        place=st.builds(Place, st.just("https://x.example"), words, words),
        accept_copyable=words,
        display=st.builds(
            Display,
            st.sampled_from(Show),
            st.sampled_from(Theme),
            st.sampled_from([0.8, 1.0, 1.5, 2.0]),
            st.lists(words, max_size=3).map(tuple),
            st.sampled_from(["", "Front_Desk", "hp-400.2"]),
        ),
    )
)
def test_what_is_rendered_reads_back(settings: Settings) -> None:
    assert parse_settings(render(settings), HERE) == settings


@given(st.text(max_size=200))
def test_no_text_whatever_raises(text: str) -> None:
    assert isinstance(parse_settings(text, HERE), Settings | SettingsFault)


def test_a_file_that_windows_wrote_is_read(tmp_path: Path) -> None:
    """Its encoding's mark stands before the first key."""
    file = tmp_path / "settings.toml"
    file.write_bytes('server = "https://xchart.example"\r\n'.encode("utf-8-sig"))
    settings = read_settings(file)
    assert isinstance(settings, Settings)
    assert settings.place.server == "https://xchart.example"


@pytest.mark.parametrize("name", ["-o raw", "Front Desk", "a;b", "", "x" * 200, 7, "../x"])
def test_a_printer_is_a_name_and_no_option_of_a_program(name: object) -> None:
    said = f'"{name}"' if isinstance(name, str) else name
    parsed = parse_settings(f"[display]\nprinter = {said}\n", HERE)
    assert isinstance(parsed, SettingsFault)
    assert parsed.faults[0].key == "display.printer"


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        f"{'a.' * 1500}a = 1",
        f"[{'a.' * 1500}a]\na = 1",
        f"a = {'1' * 5000}",
    ],
    ids=["lists", "keys", "tables", "digits"],
)
def test_whatever_python_gives_up_on_is_a_fault_of_the_file(text: str) -> None:
    assert isinstance(parse_settings(text, HERE), SettingsFault)


@pytest.mark.parametrize("name", ["DP\\n2", "", " DP-2", "DP\\u00002"])
def test_a_screen_has_a_name_that_can_be_written_down(name: str) -> None:
    """Taken over, it made settings that nobody could read."""
    parsed = parse_settings(f'[display]\nleave_screens = ["{name}"]\n', HERE)
    assert isinstance(parsed, SettingsFault)
    assert parsed.faults[0].key == "display.leave_screens"
