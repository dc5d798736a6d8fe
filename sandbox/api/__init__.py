"""The server put together: the calls under ``/v1``, and the controls for tests."""
