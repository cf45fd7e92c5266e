"""The stages: one file each, named after the table that it writes; see `pipeline.py` for their order."""
