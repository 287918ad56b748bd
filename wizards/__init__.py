from . import base_import_import
from . import emulation_conflict_declare
from . import emulation_initiative_return
from . import emulation_revocation
from . import emulation_session_agenda
from . import emulation_movement_phase_close
from . import emulation_person_merge
from . import emulation_user_invite
