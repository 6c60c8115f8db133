"""The desk beside a store: live blogs as they were read, what was proposed from them, and what a person decided."""
