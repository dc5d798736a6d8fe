"""A pytest plugin for the runs of ``tests.mutate``: the first failing example will do.

ListUiState for the simplest one takes minutes where a law is broken at every turn.
"""

from hypothesis import Phase, settings

settings.register_profile(
    "first failure",
    phases=[Phase.explicit, Phase.generate],
    report_multiple_bugs=False,
    database=None,
    deadline=None,
)
settings.load_profile("first failure")
