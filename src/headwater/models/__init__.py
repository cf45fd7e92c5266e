"""How weights run: one kind of session, which gives the same numbers on every x86-64 processor, and a check that it does."""
