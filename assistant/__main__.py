"""`python -m assistant` is `hark`."""

import sys

from assistant.cli import main

sys.exit(main())
