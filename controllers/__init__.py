from . import emulation
