from . import test_unit_scope
