from . import emulation
from . import share
