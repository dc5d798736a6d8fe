"""Real processes, real disk, real TLS: killed in every window, and the ledger compared after."""
