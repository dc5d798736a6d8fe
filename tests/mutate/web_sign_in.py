"""The web sign-in (T26): what is taken out, and where it must be noticed."""

from tests.mutate.patch import Patch

SCRIPT = "resources/web/sign_in.js"
HOSTILE = "tests/ui/xchart/test_hostile_pages.py"
CALLED, LOADED = (f"tests/ui/xchart/test_site_{each}.py" for each in ("script", "load"))
ASTRAY = (f"{HOSTILE}::test_what_would_go_astray_is_not_sent",)
TURNED = (f"{HOSTILE}::test_what_turns_under_our_hands_is_left_to_a_person",)
UNSEEN = (f"{HOSTILE}::test_a_field_that_nobody_sees_gets_nothing",)
OTHER = (f"{HOSTILE}::test_what_is_not_our_sign_in_gets_nothing",)

WEB_SIGN_IN = (
    Patch(
        "T26",
        "the script knows its origins",
        SCRIPT,
        " && config.origins.includes(location.origin)",
        "",
        (f"{CALLED}::test_the_script_refuses_another_origin_document_and_frame",),
    ),
    Patch(
        "T26",
        "nothing is given in clear",
        SCRIPT,
        "window.top === window && scheme &&",
        "window.top === window &&",
        (f"{HOSTILE}::test_nothing_is_given_in_clear_but_to_this_computer",),
    ),
    Patch(
        "T26",
        "only one origin is given anything",
        SCRIPT,
        " || location.origin !== config.sign_in",
        "",
        (f"{LOADED}::test_a_document_at_another_allowed_origin_is_read_but_given_nothing",),
    ),
    Patch(
        "T26",
        "a form's target is asked before each field",
        SCRIPT,
        "if (!isSafe(config, held.group, held.button, puts)) return",
        "if (false) return",
        ASTRAY,
    ),
    Patch(
        "T26",
        "and before the press",
        SCRIPT,
        "if (!isSafe(config, held.group, button, puts)) return",
        "if (false) return",
        ASTRAY,
    ),
    Patch(
        "T26",
        "what is sent at last is looked at",
        SCRIPT,
        'top.addEventListener("submit", guard);',
        "",
        ASTRAY,
    ),
    Patch(
        "T26",
        "no address carries the password",
        "kiosk/ui/xchart/site_fill.py",
        "self._fence.watch_for(secret)",
        "pass",
        ASTRAY,
    ),
    Patch(
        "T26",
        "what lies over a button is a cover",
        SCRIPT,
        "if (!isDrawn(button) || !isHit(button)) return",
        "if (!isDrawn(button)) return",
        TURNED,
    ),
    Patch(
        "T26",
        "by its name nothing is a password",
        SCRIPT,
        '(part === "password" ? "password" : input.type)',
        "(input.type)",
        TURNED,
    ),
    Patch(
        "T26",
        "a field that is too small is none",
        SCRIPT,
        "Math.min(box.width, box.height) >= LEAST_PIXELS",
        "true",
        UNSEEN,
    ),
    Patch(
        "T26",
        "somebody else's e-mail is a person's matter",
        SCRIPT,
        "if (theirs || consent",
        "if (consent",
        OTHER,
    ),
    Patch(
        "T26",
        "a page that did not go on is emptied",
        "kiosk/ui/xchart/site_page.py",
        "if seen.state in STANDING:",
        "if False:",
        (f"{HOSTILE}::test_a_redirect_after_the_press_takes_nothing_with_it",),
    ),
)
