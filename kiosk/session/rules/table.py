"""The transition table: in which phase, on what, which rule, and where it may lead.

What is not in the table changes nothing. The diagram in docs/architecture.md is drawn from it, and
a property test holds every step to the phases that its row names.
"""

from typing import get_args

from kiosk.session.model import events as e
from kiosk.session.model import intents as i
from kiosk.session.model import replies as r
from kiosk.session.model import state as s
from kiosk.session.model.audit import Act as Record
from kiosk.session.model.challenge import Challenge, Delivery
from kiosk.session.model.people import Invited
from kiosk.session.rules import (
    approving,
    badges,
    cases,
    chairside,
    entering,
    inviting,
    joining,
    naming,
    passwords,
    pins,
    removing,
    returning,
    roster,
    speaking,
    wiping,
    working,
)
from kiosk.session.rules.row import Row, row

ENTRY = (s.Entering, s.AskingForCode, s.AskingOwn, s.AskingPassword, s.AtLogin)
OWN_ENTRY = (s.Entering, s.AskingOwn, s.AtLogin, s.Locked)
NO_CODE = (s.AskingAccount, s.AskingOwn, s.AtLogin, s.Locked, s.ConfirmingRemoval)
UNLOCKED = (s.AddingName, s.EditingName, s.ListingNames)
CASE_END = (s.AtLogin, s.AskingForCode, s.AskingPassword)
ENTERING = (Record.ENTERED, Record.RESUMED)
OUT = (Record.LEFT, Record.TAKEN_OUT)
BY_BADGE = (*ENTERING, *OUT, Record.CASE_TAKEN_OVER)
COVERED = (Record.LOCKED, Record.LEFT, Record.CASE_TAKEN_OVER)
RENAMED = (Record.CORRECTED, Record.LEFT, Record.ENTERED, Record.CASE_TAKEN_OVER)
CODE = (Record.COMPUTER_JOINED, Record.CODE_ACCEPTED, Record.COMPUTER_REMOVED)

ACTS: tuple[Row, ...] = (
    row(
        s.Opening,
        r.StartupState,
        joining.remembered,
        s.AskingPlace,
        s.AskingPin,
        s.Naming,
        s.Locked,
        *ENTRY,
        records=(*ENTERING, Record.LOCKED, Record.CASE_ENDED, Record.CASE_TAKEN_OVER),
    ),
    row(s.Opening, r.No, joining.forgotten, s.Stopped),
    row(s.Opening, i.TileTapped, joining.wanted_early),
    row(s.Stopped, i.RetryWanted, joining.read_again, s.Opening),
    row(s.Stopped, e.Ticked, joining.looked_again),
    row(
        s.Stopped,
        r.StartupState,
        joining.remembered,
        s.AskingPlace,
        s.AtLogin,
        s.Locked,
        records=(Record.LOCKED, Record.CASE_ENDED),
    ),
    row(s.Stopped, r.No, joining.forgotten),
    # A new computer
    row(s.AskingPlace, i.PlaceGiven, joining.given_place, s.AskingAccount),
    row(s.AskingPlace, r.No, joining.not_started),
    row(s.AskingAccount, i.AccountGiven, joining.given_account, s.Affirming),
    row(s.AskingAccount, i.WentBack, joining.back_to_place, s.AskingPlace),
    row(s.AskingAccount, i.InvitationWanted, inviting.wanted, s.AskingInvitation),
    row(s.AskingInvitation, i.InvitationGiven, inviting.given),
    row(s.AskingInvitation, i.WentBack, inviting.unwanted, s.AskingAccount),
    row(s.AskingInvitation, Invited, inviting.read, s.SettingUp),
    row(s.AskingInvitation, r.No, inviting.failed),
    row(s.AskingInvitation, e.Ticked, inviting.left_alone, s.AskingAccount),
    row(s.SettingUp, i.SetUpGiven, inviting.set_up),
    row(s.SettingUp, i.WentBack, inviting.dropped, s.AskingInvitation),
    row(s.SettingUp, r.InvitationAccepted, inviting.accepted, s.Affirming),
    row(s.SettingUp, r.No, inviting.failed, s.AskingInvitation),
    row(s.SettingUp, e.Ticked, inviting.left_alone, s.AskingAccount),
    row(s.Affirming, i.SecurePlaceAffirmed, joining.affirmed),
    row(s.Affirming, i.WentBack, joining.back_to_account, s.AskingAccount),
    row(s.Affirming, e.Ticked, joining.left_alone, s.AskingAccount),
    row(
        s.Affirming,
        Challenge,
        joining.opened,
        s.ChoosingApprover,
        s.AwaitingCode,
        s.AskingAccount,
    ),
    row(
        s.Affirming,
        r.Accepted,
        joining.accepted,
        s.Joined,
        s.ChoosingPin,
        s.AskingAccount,
        records=(Record.COMPUTER_JOINED,),
    ),
    row(s.Affirming, r.No, joining.not_opened, s.AskingPlace, s.AskingAccount),
    row(s.Joined, i.Continued, joining.to_login, s.AtLogin),
    # The provider's code
    row(
        s.AskingForCode,
        Challenge,
        approving.opened,
        s.ChoosingApprover,
        s.AwaitingCode,
        s.AtLogin,
        s.Locked,
    ),
    row(
        s.AskingForCode,
        r.Accepted,
        approving.accepted_at_once,
        s.Removed,
        *ENTRY,
        records=(*CODE, *ENTERING),
    ),
    row(
        s.AskingForCode,
        r.No,
        approving.not_opened,
        s.AskingAccount,
        s.AtLogin,
        s.Locked,
        s.ConfirmingRemoval,
    ),
    row(s.AskingForCode, i.WentBack, approving.given_up, s.AtLogin, s.Locked, s.ThisComputer),
    row(s.ChoosingApprover, i.ApproverChosen, approving.chosen, s.AwaitingCode),
    row(s.ChoosingApprover, Delivery, approving.texted, s.AwaitingCode),
    row(s.ChoosingApprover, r.No, approving.not_texted, *NO_CODE),
    row(
        s.ChoosingApprover,
        i.WentBack,
        approving.went_back,
        s.AskingAccount,
        s.AskingOwn,
        s.AtLogin,
        s.Locked,
        s.ThisComputer,
    ),
    row(s.AwaitingCode, i.CodeGiven, approving.given),
    row(s.AwaitingCode, i.ResendWanted, approving.text_again),
    row(s.AwaitingCode, i.AnotherApproverWanted, approving.someone_else, s.ChoosingApprover),
    row(s.AwaitingCode, Delivery, approving.texted),
    row(
        s.AwaitingCode,
        r.Accepted,
        approving.accepted,
        s.Joined,
        s.ChoosingPin,
        s.Removed,
        *ENTRY,
        records=(*CODE, *ENTERING),
    ),
    row(s.AwaitingCode, r.No, approving.not_accepted, *NO_CODE),
    row(
        s.AwaitingCode,
        i.WentBack,
        approving.went_back,
        s.AskingAccount,
        s.AskingOwn,
        s.AtLogin,
        s.Locked,
        s.ThisComputer,
    ),
    # One tap
    row(
        s.AtLogin,
        i.TileTapped,
        entering.tapped,
        *ENTRY,
        s.AskingPin,
        s.Naming,
        records=(Record.ENTERED,),
    ),
    row(
        s.Entering,
        r.RecordKept,
        entering.kept,
        s.Active,
        s.Locked,
        records=(Record.CASE_TAKEN_OVER,),
    ),
    row(
        s.Entering,
        r.SessionStarted,
        entering.confirmed,
        s.AtLogin,
        records=(*ENTERING, Record.TAKEN_OUT),
    ),
    row(
        s.Entering,
        r.No,
        entering.not_confirmed,
        s.AskingForCode,
        s.AskingOwn,
        s.AskingPassword,
        s.AtLogin,
        s.Locked,
        s.Active,
        records=(Record.TAKEN_OUT, Record.CASE_TAKEN_OVER),
    ),
    row(s.Entering, e.ScreenLocked, entering.covered, s.AtLogin, s.Locked, records=COVERED),
    row(s.Entering, e.Suspended, entering.covered, s.AtLogin, s.Locked, records=COVERED),
    row(s.Entering, i.LockWanted, entering.covered, s.AtLogin, s.Locked, records=COVERED),
    row(s.Entering, i.WentBack, entering.covered, s.AtLogin, s.Locked, records=COVERED),
    # In the room
    row(s.Active, i.LockWanted, working.locked, s.Locked, records=(Record.LOCKED,)),
    row(s.Active, i.SwitchWanted, working.locked, s.Locked, records=(Record.LOCKED,)),
    row(
        s.Active,
        i.DoneWanted,
        working.done,
        s.AtLogin,
        s.Locked,
        records=(Record.LEFT, Record.LOCKED),
    ),
    row(s.Active, i.CaseWanted, cases.start_wanted, records=(Record.CASE_BEGUN,)),
    row(
        s.Active,
        i.CaseEndWanted,
        cases.end_wanted,
        *CASE_END,
        records=(Record.CASE_ENDED, Record.TAKEN_OUT),
    ),
    row(s.Active, i.StillTreating, cases.went_on, records=(Record.CASE_EXTENDED,)),
    row(s.Active, i.KeepWorkingWanted, working.kept_working),
    row(s.Active, i.RetryWanted, working.asked_again),
    row(
        s.Active,
        i.StatusWanted,
        chairside.status_wanted,
        *CASE_END,
        records=(Record.STATUS_SET, Record.CASE_BEGUN, Record.CASE_ENDED, Record.TAKEN_OUT),
    ),
    row(s.Active, i.SeatWanted, chairside.seat_wanted, records=(Record.MOVED,)),
    row(s.Active, i.RoomWanted, chairside.room_wanted, records=(Record.ROOM_SET,)),
    row(s.Active, i.TheirsKept, chairside.theirs_kept),
    row(s.Active, i.WordsRead, speaking.words_read),
    row(s.Active, i.QuestionAnswered, speaking.answered),
    row(s.Active, i.PageBackWanted, speaking.turned_back),
    row(s.Active, i.ThisComputerWanted, removing.looked_at, s.ThisComputer),
    row(
        s.Locked,
        i.TileTapped,
        returning.tapped_cover,
        *ENTRY,
        s.AskingPin,
        s.Naming,
        records=(*ENTERING, *OUT, Record.CASE_TAKEN_OVER, Record.CASE_ENDED),
    ),
    row(s.AtLogin, e.PageLost, working.lost),
    # The glass is wiped
    row(s.AtLogin, i.WipeWanted, wiping.begun, s.Wiping),
    row(s.Locked, i.WipeWanted, wiping.begun, s.Wiping),
    row(s.ThisComputer, i.WipeWanted, wiping.begun_at_work, s.Wiping, records=(Record.LOCKED,)),
    row(s.Wiping, i.WentBack, wiping.ended, s.AtLogin, s.Locked),
    row(s.Wiping, i.BadgeRead, wiping.ended, s.AtLogin, s.Locked),
    row(
        s.Wiping,
        e.Ticked,
        wiping.ticked,
        *CASE_END,
        s.Locked,
        records=(Record.TAKEN_OUT, Record.CASE_ENDED),
    ),
    row(s.Wiping, e.ScreenLocked, wiping.covered, s.AtLogin, s.Locked),
    row(s.Wiping, e.Suspended, wiping.covered, s.AtLogin, s.Locked),
    row(s.Wiping, e.PageLost, wiping.lost),
    # A personal account
    row(s.AskingOwn, i.AccountGiven, pins.given_account),
    row(s.AskingOwn, i.WentBack, pins.went_back, s.AtLogin, s.Locked),
    row(s.AskingOwn, Challenge, pins.opened, s.ChoosingApprover, s.AwaitingCode),
    row(
        s.AskingOwn,
        r.Accepted,
        pins.accepted,
        s.ChoosingPin,
        records=(Record.COMPUTER_JOINED,),
    ),
    row(s.AskingOwn, r.No, pins.not_opened),
    row(s.ChoosingPin, i.PinGiven, pins.chosen),
    row(s.ChoosingPin, i.WentBack, pins.went_back, s.AtLogin, s.Locked),
    row(s.ChoosingPin, r.PinKept, pins.kept, *OWN_ENTRY, records=(*ENTERING, *OUT)),
    row(
        s.ChoosingPin,
        r.No,
        pins.not_kept,
        s.AskingOwn,
        s.AtLogin,
        s.Locked,
        records=(Record.TAKEN_OUT,),
    ),
    row(s.AskingPin, i.PinComing, pins.coming),
    row(s.AskingPin, i.PinGiven, pins.given),
    row(s.AskingPin, i.PinForgotten, pins.forgotten, s.AskingOwn),
    row(s.AskingPin, i.WentBack, pins.went_back, s.AtLogin, s.Locked),
    row(s.AskingPin, r.CredentialUnwrapped, pins.unsealed, *OWN_ENTRY, records=(*ENTERING, *OUT)),
    row(
        s.AskingPin,
        r.No,
        pins.not_unsealed,
        s.AskingOwn,
        s.AtLogin,
        s.Locked,
        records=(Record.TAKEN_OUT,),
    ),
    # The shared account's new password
    row(s.AskingPassword, i.PasswordGiven, passwords.given),
    row(s.AskingPassword, i.WentBack, passwords.went_back, s.AtLogin),
    row(s.AskingPassword, e.Ticked, passwords.left_alone, s.AtLogin),
    row(s.AskingPassword, e.ScreenLocked, passwords.covered, s.AtLogin),
    row(s.AskingPassword, e.Suspended, passwords.covered, s.AtLogin),
    row(s.AskingPassword, r.PasswordRenewed, passwords.renewed, *ENTRY, records=(Record.ENTERED,)),
    row(s.AskingPassword, r.No, passwords.not_renewed, s.AtLogin),
    # Names on the shared account
    row(s.Naming, i.NameGiven, naming.named, *ENTRY, s.AskingPin, s.Locked, records=RENAMED),
    row(s.Naming, i.WentBack, naming.unnamed, s.AtLogin, s.Locked),
    row(s.Active, i.ChangeWanted, naming.change_wanted, s.Correcting),
    row(
        s.Correcting,
        i.TileTapped,
        naming.corrected,
        s.Active,
        s.Naming,
        *ENTRY,
        records=(*RENAMED, Record.LOCKED),
    ),
    row(s.Correcting, i.WentBack, naming.unchanged, s.Active),
    # This computer, and its removal
    row(s.AtLogin, i.ThisComputerWanted, removing.looked_at, s.ThisComputer),
    row(s.ThisComputer, i.WentBack, removing.looked_away, s.Active, s.AtLogin),
    # The names that are kept here
    row(s.ThisComputer, i.NamesWanted, roster.shown, s.ListingNames),
    row(s.ListingNames, i.WentBack, roster.closed, s.ThisComputer),
    row(s.ListingNames, i.NameAddWanted, roster.add_wanted, s.AddingName, s.UnlockingNames),
    row(s.ListingNames, i.TileTapped, roster.chosen, s.EditingName, s.UnlockingNames),
    row(s.UnlockingNames, i.PasswordGiven, roster.given_password),
    row(s.UnlockingNames, i.WentBack, roster.kept_locked, s.ListingNames),
    row(s.UnlockingNames, r.PasswordProved, roster.proved, *UNLOCKED),
    row(s.UnlockingNames, r.No, roster.not_proved),
    row(s.AddingName, i.NameGiven, roster.added, s.ListingNames, records=(Record.NAME_ADDED,)),
    row(s.AddingName, i.WentBack, roster.left, s.ListingNames),
    row(
        s.EditingName, i.NameRemoved, roster.removed, s.ListingNames, records=(Record.NAME_REMOVED,)
    ),
    row(s.EditingName, i.BadgeRead, roster.badge_read),
    row(
        s.EditingName,
        r.BadgeFound,
        roster.badge_found,
        s.ListingNames,
        records=(Record.BADGE_GIVEN,),
    ),
    row(
        s.EditingName,
        i.BadgeTakenAway,
        roster.badge_taken,
        s.ListingNames,
        records=(Record.BADGE_TAKEN,),
    ),
    row(s.EditingName, i.WentBack, roster.left, s.ListingNames),
    row(s.ThisComputer, i.RemovalWanted, removing.wanted, s.ConfirmingRemoval),
    row(s.ConfirmingRemoval, i.WentBack, removing.unwanted, s.ThisComputer),
    row(
        s.ConfirmingRemoval,
        i.RemovalConfirmed,
        removing.confirmed,
        s.AskingForCode,
        s.AtLogin,
        records=(Record.COMPUTER_REMOVED,),
    ),
    row(s.Removed, i.Continued, removing.to_login, s.AtLogin),
)

OVER: tuple[type[s.Over], ...] = get_args(s.Over)

COVERING: tuple[type[e.ScreenLocked | e.Suspended], ...] = (e.ScreenLocked, e.Suspended)

COVERS = tuple(
    row(phase, what, working.covered, s.Locked, s.AtLogin, records=(Record.LOCKED,))
    for phase in OVER
    for what in COVERING
    if phase is not s.Wiping
)
"""Law 3: from every phase that a session can lie under, a prompt too."""

PASSING = tuple(
    row(
        phase,
        e.Ticked,
        working.ticked,
        s.Locked,
        s.AtLogin,
        s.AskingAccount,
        s.AskingOwn,
        s.ConfirmingRemoval,
        *CASE_END,
        records=(Record.LOCKED, Record.TAKEN_OUT, Record.CASE_ENDED),
    )
    for phase in OVER
    if phase is not s.Wiping
)
"""Time: idle lock, the session's limit, a request for a code grown too old."""

QUITTING = tuple(
    row(
        phase,
        i.DoneWanted,
        working.done,
        s.AtLogin,
        s.Locked,
        records=(Record.LEFT, Record.LOCKED),
    )
    for phase in OVER
    if phase is not s.Active
)
"""No page offers it but the workspace; the kiosk itself asks for it when it is told to quit."""

OPEN: tuple[type[badges.Open], ...] = (s.AtLogin, s.Locked, s.Active, s.AskingPin)

READING = (
    *(row(phase, i.BadgeRead, badges.read) for phase in OPEN),
    row(s.Active, i.BadgeGivenUp, badges.given_up),
)

FINDING = (
    row(s.AtLogin, r.BadgeFound, badges.found, *ENTRY, s.AskingPin, records=(Record.ENTERED,)),
    row(s.Locked, r.BadgeFound, badges.found, *ENTRY, s.AskingPin, records=BY_BADGE),
    row(s.AskingPin, r.BadgeFound, badges.found, *ENTRY, s.Locked, records=BY_BADGE),
    row(
        s.Active,
        r.BadgeFound,
        badges.found,
        *ENTRY,
        s.AskingPin,
        s.Locked,
        records=(*BY_BADGE, Record.LOCKED),
    ),
)
"""A badge stands in for the tap, wherever a tap would do, and in the workspace for *Switch*."""

ROWS = ACTS + COVERS + PASSING + QUITTING + READING + FINDING

TABLE = {(row.phase, row.what): row for row in ROWS}
