"""Everything that is taken out, one line at a time."""

from tests.mutate.a_case import A_CASE
from tests.mutate.kept_names import KEPT_NAMES
from tests.mutate.laws import LAWS
from tests.mutate.threats_from_14 import THREATS_FROM_14
from tests.mutate.threats_to_13 import THREATS_TO_13
from tests.mutate.web_sign_in import WEB_SIGN_IN

PATCHES = (*LAWS, *THREATS_TO_13, *THREATS_FROM_14, *WEB_SIGN_IN, *KEPT_NAMES, *A_CASE)
