"""The demo practice: Lakeside Oral Surgery, its members, its rooms (invented, all of it)."""

from sqlalchemy.orm import Session

from sandbox.clinic.schedule import lay_out
from sandbox.server.server_state import ServerState, kept
from sandbox.server.tokens import hash_password
from sandbox.tables.rows import Account, Person, Room

DEMO_WORD = "sandbox-demo"
ROOMS = {"Main Street": ("Op 1", "Op 2", "Op 3", "Op 4"), "Harbor": ("Op 1", "Op 2")}
ASSISTANTS = {"maria": "Maria Lopez", "james": "James Carter", "aisha": "Aisha Khan"}


def demo(state: ServerState) -> None:
    """Lay the practice out, once; a database that has it is left as it is."""
    with state.unit() as db:
        if db.get(Account, "acc-rivera") is None:
            kept(db, "organization", lambda: "Lakeside Oral Surgery")
            _rooms(db)
            _members(db)
        lay_out(db, state.clock.now())


def _rooms(db: Session) -> None:
    for location, operatories in ROOMS.items():
        db.add_all(Room(location=location, operatory=each) for each in operatories)


def _members(db: Session) -> None:
    password_hash = hash_password(DEMO_WORD)
    rivera_phone, chen_phone = "+15550100021", "+15550100084"
    rows = (
        ("rivera", "Dr. Elena Rivera", "rivera", rivera_phone, "provider,admin", False),
        ("chen", "Dr. Samuel Chen", "chen", chen_phone, "provider", False),
        ("office", "Office Assistant", "frontdesk", rivera_phone, "member", True),
        ("patel", "Nina Patel", "patel", "+15550100037", "member", False),
        ("becker", "Tom Becker", "becker", "+15550100052", "member,admin", False),
    )
    for name, label, mailbox, phone, roles, shared in rows:
        granted = frozenset(roles.split(","))
        db.add(
            Account(
                id=f"acc-{name}",
                label=label,
                email=f"{mailbox}@lakeside.example",
                shared=shared,
                roles=granted,
                active=True,
                approver="provider" in granted,
                password_hash=password_hash,
                phone=phone,
            )
        )
    for name, label in ASSISTANTS.items():
        db.add(Person(id=f"per-{name}", account_id="acc-office", name=label))
