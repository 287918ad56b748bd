from . import binary
from . import emulation
from . import dataset
from . import export
from . import share
from . import portal
from . import rounds
from . import blind
