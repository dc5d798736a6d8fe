"""What the running kiosk says of itself in its status file, for IT's monitoring.

Owns the names in it, which scripts rely on. Must never hold a name, an address or a patient: codes,
counts and times only (law 10). ``kiosk.cli.status`` reads it.
"""

import json

from kiosk.session.model.case import SILENT, Case
from kiosk.session.model.state import State, Stopped, session_of
from kiosk.session.model.trust import Trust
from kiosk.session.view import busy


def health(state: State, pid: int, build: str, last_no: str = "") -> str:
    """One JSON object, far below the four KiB that are read of it.

    ``trust_until`` is when a code is asked for if nobody signs in before (ISO 8601, UTC), or null;
    ``reach`` a code of why the server is not reached, or null; ``fault`` a code of what keeps the
    kiosk, or its records, from going on, or null; ``changes`` how many wait for the server;
    ``case`` since when a patient is treated here and until when at the latest, or null;
    ``last_no`` a code of what did not happen last (``kiosk.app.trace``), or null.
    """
    known, phase = state.known, state.phase
    fault = phase.fault if isinstance(phase, Stopped) else known.sending.fault
    session = session_of(phase)
    case = session.case if session is not None else None
    until = known.trust.horizon_at if isinstance(known.trust, Trust) else None
    told = {
        "pid": pid,
        "version": build,
        "phase": type(phase).__name__,
        "busy": busy(state),
        "case": case_of(case),
        "trust_until": until.isoformat() if until else None,
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
