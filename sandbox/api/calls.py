"""The calls under ``/v1``: reads a request, proves it, hands it to its rule, writes the answer."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from sandbox.access import challenges, grants, pins, sessions
from sandbox.access import trust as trusts
from sandbox.admin import invitations, members, passwords
from sandbox.api.incoming import Incoming
from sandbox.clinic import schedule
from sandbox.contract import bodies
from sandbox.server.moment import rfc3339
from sandbox.tables.rows import Trust

CONTRACT = "1.0"

v1 = APIRouter(prefix="/v1")


@v1.get("/server")
def server(call: Incoming) -> Response:
    """Who answers, and what time it is there."""
    with call.state.unit() as db:
        name = grants.organization(db)
    now = rfc3339(call.state.clock.now())
    return JSONResponse({"name": name, "time": now, "contract": CONTRACT})


@v1.post("/challenges")
def ask(call: Incoming) -> Response:
    """Ask for a provider's code."""
    with call.state.unit() as db:
        jkt = call.prove(db)
        wish = call.body(bodies.ChallengeRequest)
        return JSONResponse(challenges.ask(db, call.state, jkt, wish), 201)


@v1.post("/challenges/{id}/deliveries")
def deliver(call: Incoming, id: str) -> Response:
    """Text a code to one approver."""
    now = call.state.clock.now()
    with call.state.unit() as db:
        jkt = call.prove(db)
        wish = call.body(bodies.DeliveryRequest)
        challenge = challenges.find(db, id, jkt, now)
        return JSONResponse(challenges.deliver(db, challenge, wish.approver, now), 201)


@v1.post("/challenges/{id}/answer")
def answer(call: Incoming, id: str) -> Response:
    """Answer with the code that was texted, or that an approver's app shows."""
    with call.state.unit() as db:
        jkt = call.prove(db)
        wish = call.body(bodies.AnswerRequest)
        return JSONResponse(challenges.answer(db, call.state, jkt, id, wish))


@v1.post("/sessions")
def start(call: Incoming) -> Response:
    """Start a session: one round trip from the tap to the page's address."""
    with call.state.unit() as db:
        jkt = call.prove(db)
        wish = call.body(bodies.SessionRequest)
        return JSONResponse(sessions.start(db, call.state, jkt, wish, call.origin), 201)


@v1.post("/sessions/{id}/renew")
def renew(call: Incoming, id: str) -> Response:
    """A fresh access token by the key's proof alone."""
    with call.state.unit() as db:
        jkt = call.prove(db)
        return JSONResponse(sessions.renew(db, jkt, id, call.state.clock.now()))


@v1.delete("/sessions/{id}")
def end(call: Incoming, id: str) -> Response:
    """End one's own session."""
    with call.state.unit() as db:
        sessions.end(db, call.prove(db), id, call.state.clock.now())
    return Response(status_code=204)


@v1.post("/handoffs")
def hand_off(call: Incoming) -> Response:
    """A one-time address for the session's page."""
    with call.state.unit() as db:
        session, _ = call.session(db)
        now = call.state.clock.now()
        return JSONResponse(sessions.open_handoff(db, session, call.origin, now), 201)


@v1.delete("/trust/{account}")
def drop_trust(call: Incoming, account: str) -> Response:
    """Sign out: a code is needed next time. The key alone may, for it only ever takes away."""
    with call.state.unit() as db:
        jkt = call.prove(db)
        row = db.get(Trust, (account, jkt))
        if row is not None and row.ended is None:
            trusts.end(row, "dropped")
        pins.forget(db, account, jkt)
        sessions.end_all(db, call.state.clock.now(), account_id=account, jkt=jkt)
    return Response(status_code=204)


@v1.post("/device-passwords/{account}")
def give_device_password(call: Incoming, account: str) -> Response:
    """A new password of this computer's own, after the account was given another one."""
    now = call.state.clock.now()
    with call.state.unit() as db:
        jkt = call.prove(db)
        wish = call.body(bodies.DevicePasswordRequest)
        return JSONResponse(passwords.renew(db, jkt, call.token, account, wish.password, now))


@v1.put("/pin-shares/{account}")
def give_pin_share(call: Incoming, account: str) -> Response:
    """The server's share of a PIN that is being chosen."""
    now = call.state.clock.now()
    with call.state.unit() as db:
        jkt = call.prove(db)
        wish = call.body(bodies.PinShareRequest)
        password = wish.device_password
        return JSONResponse(pins.give(db, jkt, call.token, account, password, now))


@v1.post("/pin-shares/{account}/release")
def release_pin_share(call: Incoming, account: str) -> Response:
    """The share again, for a try of the PIN."""
    now = call.state.clock.now()
    with call.state.unit() as db:
        jkt = call.prove(db)
        call.body(bodies.PinReleaseRequest)
        return JSONResponse(pins.release(db, jkt, call.token, account, now))


@v1.post("/pin-shares/{account}/confirm")
def confirm_pin_share(call: Incoming, account: str) -> Response:
    """The PIN was right, and a session goes on by it."""
    now = call.state.clock.now()
    with call.state.unit() as db:
        jkt = call.prove(db)
        wish = call.body(bodies.PinShareRequest)
        pins.confirm(db, jkt, call.token, account, wish.device_password, now)
    return Response(status_code=204)


@v1.get("/invitations/{token}")
def read_invitation(call: Incoming, token: str) -> Response:
    """What an invitation is for."""
    with call.state.unit() as db:
        call.prove(db)
        _, account = invitations.find(db, token, call.state.clock.now())
        return JSONResponse(invitations.value(db, account))


@v1.post("/invitations/{token}/accept")
def accept_invitation(call: Incoming, token: str) -> Response:
    """Complete the set-up, once no session lives on this device."""
    now = call.state.clock.now()
    with call.state.unit() as db:
        jkt = call.prove(db)
        wish = call.body(bodies.AcceptanceRequest)
        alive = sessions.any_alive(db, jkt, now)
        invitations.accept(db, token, wish.password, wish.phone, session_alive=alive, now=now)
    return Response(status_code=204)


@v1.post("/members")
def invite(call: Incoming) -> Response:
    """Invite a member, as an admin."""
    with call.state.unit() as db:
        _, admin = call.session(db)
        members.demand_role(admin, "admin")
        wish = call.body(bodies.MemberRequest)
        account = members.invite(db, wish, call.origin, call.state.clock.now())
        return JSONResponse(members.member_value(account), 201)


@v1.patch("/members/{id}")
def change_member(call: Incoming, id: str) -> Response:
    """Change a member's roles, or (de)activate, as an admin."""
    with call.state.unit() as db:
        _, admin = call.session(db)
        members.demand_role(admin, "admin")
        wish = call.body(bodies.MemberChange)
        account = members.change(db, id, wish, call.state.clock.now(), by=admin)
        return JSONResponse(members.member_value(account))


@v1.post("/records/{id}/sign")
def sign_record(call: Incoming, id: str) -> Response:
    """Sign an anesthesia record, as a provider (S7)."""
    with call.state.unit() as db:
        _, account = call.session(db)
        members.demand_role(account, "provider")
        return JSONResponse(schedule.sign(db, id, account, call.state.clock.now()))


@v1.delete("/appointments/{id}")
def delete_appointment(call: Incoming, id: str) -> Response:
    """Delete an appointment, as a provider or admin (S4)."""
    with call.state.unit() as db:
        _, account = call.session(db)
        schedule.demand_deleter(account)
        schedule.delete(db, id)
    return Response(status_code=204)
