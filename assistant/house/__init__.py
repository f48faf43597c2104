"""The user's house, as Home Assistant knows it: REST for states and services, a WebSocket for names and rooms."""
