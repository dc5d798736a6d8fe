"""The reference Xchart server: the published contract, its Case Manager pages, a demo practice.

It serves ``resources/contract/openapi.yaml`` and nothing else under ``/v1``. It imports nothing of
the kiosk, so that one mistake cannot satisfy both, and it is never shipped in an installer.
"""
