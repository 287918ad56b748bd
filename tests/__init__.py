from . import test_unit_scope
from . import test_unit
from . import test_unit_import
from . import test_unit_security
from . import test_partner
from . import test_movement
from . import test_tour_organisation
