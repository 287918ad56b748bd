from . import emulation_conflict_declare
from . import emulation_initiative_return
from . import emulation_revocation
from . import emulation_session_agenda
