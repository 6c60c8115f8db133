"""Dateline on the command line: one module a command, each listed in `geo.cli.program`."""
