from . import emulation_revocation
