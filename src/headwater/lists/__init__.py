"""Lists of facts that ship with the release, and how to look something up in them."""
