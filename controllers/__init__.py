from . import emulation
from . import binary
