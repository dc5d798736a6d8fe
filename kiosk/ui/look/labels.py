"""The fixed words of the screen: names of buttons, keys and fields.

Everything else on the screen is a sentence from ``kiosk.session.pages.views``. Nothing here may say
what happened or what to do; that is the core's to word.
"""

PRODUCT = "Operatory kiosk"

LOCK = "Lock"
SWITCH = "Switch"
DONE = "Done"
MORE = "More"
START_CASE = "Start case"
END_CASE = "End case"
TAKE_OVER = "Take over"
STILL_TREATING = "Still treating"
WIPE = "Wipe screen"
KEEP_WORKING = "Keep working"
TRY_AGAIN = "Try again"
BACK = "Back"
CONTINUE = "Continue"
CHANGE = "Change"

LOCATION = "Location"
OPERATORY = "Operatory"
EMAIL = "E-mail"
PASSWORD = "Password"
LINK = "Link"
NEW_PASSWORD = "New password"
PHONE = "Mobile phone"
FIRST_NAME = "First name"
INITIAL = "Last initial"
SHOW_PASSWORD = "Show password"
HIDE_PASSWORD = "Hide password"

CODE = "Code"
PIN = "PIN"
KEYPAD = "Keypad"
DIGITS = tuple("0123456789")
ERASE = "Delete"
CLEAR = "Clear"

SEARCH = "Search names"
SHOW_LETTERS = "Show letters"
HIDE_LETTERS = "Hide letters"
LETTERS = "Letters"
ALPHABET = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ-")

XCHART = "Xchart"
SHOW_DAY = "Show day"
HIDE_DAY = "Hide day"
