from . import test_unit_scope
from . import test_official_layout
from . import test_document
from . import test_certificate
