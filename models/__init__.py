from . import emulation_unit_mixin
from . import emulation_theme
from . import emulation_field
from . import emulation_unit_level
from . import emulation_unit_kind
from . import emulation_unit
from . import emulation_unit_officer
from . import res_users
