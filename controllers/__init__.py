from . import binary
from . import emulation
from . import share
from . import portal
from . import rounds
