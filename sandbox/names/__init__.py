"""What somebody may be called, and which two names could be taken for one."""
