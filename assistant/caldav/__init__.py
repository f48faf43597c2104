"""Calendars on a server, kept as files: what is changed there comes here, what is changed here goes there."""
