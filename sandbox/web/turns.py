"""What the site does otherwise than on a good day; a test turns it while the site runs."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt


class Turns(BaseModel):
    """Each is off at first. A status of 0 is none."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    shown_email: str = ""
    """This e-mail stands in the form, and cannot be typed over: somebody else's."""
    must_change_password: bool = False
    terms: bool = False
    """New terms are to be accepted, once per login."""
    human_check: Literal["", "before", "after"] = ""
    """Letters of a picture, before the form or after the password."""
    start_status: NonNegativeInt = 0
    """Of every page that is asked for. 401 comes with the form, as sites do that."""
    sign_in_status: NonNegativeInt = 0
    code_status: NonNegativeInt = 0
    retry_after: NonNegativeInt = 0
    """In seconds, with a 429 or a 503."""
    redesigned: bool = False
    """Another release: no name, label or hint of a field is what it was."""
    code_on_demand: bool = False
    """The code is texted only when somebody presses a button for that."""
    no_code_page: bool = False
    """After the password it only says that it is checking, for ever."""
    refuse_password: bool = False
    refuse_code: bool = False
