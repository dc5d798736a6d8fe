"""Names that are kept at the computer: what is taken out, and where it must be noticed."""

from tests.mutate.patch import Patch

RULES, RULES_TEST = "kiosk/session/rules/roster.py", "tests/session/rules/test_roster.py"
CHECK, CHECK_TEST = "kiosk/sync/web/password_check.py", "tests/sync/web/test_password_check.py"
KEPT, KEPT_TEST = "kiosk/sync/web/roster.py", "tests/sync/web/test_roster.py"

KEPT_NAMES = (
    Patch(
        "T29",
        "a new name needs the password",
        RULES,
        "AddingName(session) if phase.unlocked else UnlockingNames(session)",
        "AddingName(session)",
        (f"{RULES_TEST}::test_nothing_changes_before_the_password_was_typed",),
    ),
    Patch(
        "T29",
        "so does what is done to one that is there",
        RULES,
        "if not phase.unlocked:",
        "if False:",
        (f"{RULES_TEST}::test_nothing_changes_before_the_password_was_typed",),
    ),
    Patch(
        "T29",
        "the next visit asks again",
        RULES,
        "ListingNames(phase.session) if may_keep_names(known) else phase",
        "ListingNames(phase.session, unlocked=True)",
        (f"{RULES_TEST}::test_once_for_a_visit_which_ends_when_the_page_is_left",),
    ),
    Patch(
        "T29",
        "a page that is left alone is closed",
        "kiosk/session/rules/working.py",
        "Naming | ThisComputer | NAMES",
        "Naming | ThisComputer",
        (f"{RULES_TEST}::test_or_when_it_is_left_alone",),
    ),
    Patch(
        "T29",
        "what IT has set stays",
        RULES,
        "is_by_it(known, whom) or ",
        "",
        (f"{RULES_TEST}::test_what_it_has_set_stays",),
    ),
    Patch(
        "T29",
        "a change is on the record first",
        "kiosk/app/effects.py",
        "to.records.keep(effect.record) or to.roster.keep(effect.roster_of, roster)",
        "to.roster.keep(effect.roster_of, roster) or to.records.keep(effect.record)",
        ("tests/app/test_effects.py",),
    ),
    Patch(
        "T29",
        "a sign-in undoes none",
        "kiosk/session/rules/moves.py",
        "if same and known.terms is not None and is_set_here(known) and terms.word is Word.HERE:",
        "if False:",
        (f"{RULES_TEST}::test_a_sign_in_that_began_before_a_change_does_not_undo_it",),
    ),
    Patch(
        "T5",
        "a password that is compared here is a try",
        CHECK,
        "fault = self._safe.keep_password_tries(after.written())",
        "fault = None",
        (f"{CHECK_TEST}::test_a_restart_gives_no_try_back",),
    ),
    Patch(
        "T5",
        "after five of them it waits",
        CHECK,
        "if waits(before.wait_until, now):",
        "if False:",
        (f"{CHECK_TEST}::test_after_five_wrong_ones_even_the_right_one_waits",),
    ),
    Patch(
        "T24",
        "names that the keychain has not sealed are nobody's",
        KEPT,
        "if seal and hmac.compare_digest(seal, seal_of(each))",
        "if each",
        (
            f"{KEPT_TEST}::test_a_file_that_was_edited_or_is_gone_names_nobody",
            f"{KEPT_TEST}::test_an_older_file_that_is_put_back_brings_nobody_back",
            f"{KEPT_TEST}::test_a_file_without_a_seal_names_nobody",
        ),
    ),
    Patch(
        "T13",
        "a list that holds gives way to none that is not sealed",
        KEPT,
        "if sealed and sealed != read_text(self._path):",
        "if False:",
        (f"{KEPT_TEST}::test_the_list_that_holds_gives_way_to_none_that_is_not_sealed",),
    ),
    Patch(
        "T29",
        "a change that a slow keychain has kept all the same is one",
        KEPT,
        "if fault is not None and self._safe.roster_seal() != seal:",
        "if fault is not None:",
        (f"{KEPT_TEST}::test_what_a_slow_keychain_has_kept_all_the_same_is_kept",),
    ),
    Patch(
        "T29",
        "a badge is not taken from somebody else",
        RULES,
        "if holder:",
        "if False:",
        (f"{RULES_TEST}::test_nobody_s_badge_is_taken_from_them",),
    ),
    Patch(
        "T29",
        "a badge goes with its name",
        RULES,
        "badges=left_over",
        "badges=terms.badges",
        (f"{RULES_TEST}::test_a_badge_goes_with_its_name",),
    ),
    Patch(
        "T29",
        "what was no number is nobody's badge",
        "kiosk/sync/web/badges.py",
        "if not number.strip():",
        "if False:",
        ("tests/sync/web/test_badges.py::test_no_number_has_no_mark",),
    ),
)
