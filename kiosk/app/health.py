"""What the running kiosk says of itself in its status file, for IT's monitoring.

Owns the names in it, which scripts rely on. Must never hold a name, an address or a patient: codes,
counts and times only (law 10). ``kiosk.cli.status`` reads it.
"""

import json
from datetime import datetime

from kiosk.session.model.case import SILENT, Case
from kiosk.session.model.state import State, Stopped, session_of
from kiosk.session.model.trust import Trust, holds
from kiosk.session.view import busy


def health(state: State, at: datetime, pid: int, build: str, last_no: str = "") -> str:
    """One JSON object, far below the four KiB that are read of it.

    ``trusted``: whether the next sign-in needs no code, as far as is known here. ``trust_until`` is
    when one is asked for if nobody signs in before (ISO 8601, UTC), or null; ``trust_days`` how
    many whole days are left until then, by the time that the kiosk goes by, or null;
    ``reach`` a code of why the server is not reached, or null; ``fault`` a code of what keeps the
    kiosk, or its records, from going on, or null; ``changes`` how many wait for the server;
    ``case`` since when a patient is treated here and until when at the latest, or null;
    ``last_no`` a code of what did not happen last (``kiosk.app.trace``), or null.
    """
    known, phase = state.known, state.phase
    fault = phase.fault if isinstance(phase, Stopped) else known.sending.fault
    session = session_of(phase)
    case = session.case if session is not None else None
    house = known.account
    until = known.trust.horizon_at if isinstance(known.trust, Trust) else None
    told = {
        "pid": pid,
        "version": build,
        "phase": type(phase).__name__,
        "busy": busy(state),
        "case": case_of(case),
        "trusted": house is not None and holds(known.trust, house.id, at),
        "trust_until": until.isoformat() if until else None,
        "trust_days": max(0, (until - at).days) if until else None,
        "reach": known.reach.value if known.reach else None,
        "fault": fault.value if fault else None,
        "changes": known.sending.changes,
        "last_no": last_no or None,
    }
    return json.dumps(told)


def case_of(case: Case | None) -> dict[str, str] | None:
    """Since when a patient is treated here, and until when at the latest; None for nobody."""
    if case is None:
        return None
    ends = min(case.until, case.alive_at + SILENT)
    return {"since": case.began_at.isoformat(), "until": (case.ending_at or ends).isoformat()}
