"""`python -m cirkeldesk`."""

import sys

from cirkeldesk.cli import main

sys.exit(main())
