from . import binary
from . import emulation
from . import share
