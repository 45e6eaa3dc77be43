"""The tests. Whatever imports one forgets the settings of the shell first, so that they are the same in every shell."""

import os

# `make` exports one of these itself. Names count in either case of letters.
for variable in [name for name in os.environ if name.upper().startswith("INTERSESSION_")]:
    del os.environ[variable]
