from . import binary
from . import emulation
from . import dataset
from . import export
from . import scoresheets
from . import share
from . import portal
from . import rounds
