"""The arguments of `hark calendar`."""

from typing import Any

from assistant.cli.arguments import command

WHERE = """
addresses and passwords:
  iCloud      https://caldav.icloud.com, your Apple Account's address, and an app-specific password
              (account.apple.com, Sign-In and Security)
  Fastmail    https://caldav.fastmail.com, your address, and an app password made in its settings
  Nextcloud   https://YOUR.CLOUD/remote.php/dav, your user name, and an app password (Settings, Security)
  others      the address that the provider calls CalDAV
  Google asks for a sign-in that Hark does not have (OAuth), whatever password is given."""


def calendar(commands: Any) -> None:
    """Add `hark calendar` and its own commands."""
    parser = command(
        commands,
        "calendar",
        "calendars on a server (CalDAV), kept the same here and there",
        "  hark calendar                     what is connected, and what waits to be sent\n"
        "  hark calendar connect https://cloud.example.org/remote.php/dav\n"
        "  hark calendar sync                send and get changes now",
    )
    parser.set_defaults(verb="status")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    connect = command(
        verbs,
        "connect",
        "connect an account; nothing is changed when the address or the password does not work",
        "  hark calendar connect https://caldav.icloud.com --user ana@example.org\n"
        "  hark calendar connect https://cloud.example.org/remote.php/dav --user ana --calendar Work --calendar Home\n"
        "  hark calendar connect https://caldav.fastmail.com --user ana@example.org < password.txt\n"
        f"{WHERE}",
        verb="connect",
    )
    connect.add_argument("url", metavar="ADDRESS", help="of the server, as the provider gives it for CalDAV")
    connect.add_argument("--user", metavar="NAME", help="user name; asked for when left out")
    connect.add_argument(
        "--calendar", metavar="NAME", action="append", help="a calendar to keep here; new entries go to the first; all when left out"
    )
    command(verbs, "sync", "send and get changes now", "  hark calendar sync", verb="sync")
    command(verbs, "forget", "forget the account and its password", "  hark calendar forget", verb="forget")
