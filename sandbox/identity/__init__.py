"""Who somebody is, and how sure that is."""
