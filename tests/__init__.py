from . import test_unit_scope
from . import test_scoring
from . import test_scoring_properties
from . import test_text
from . import test_walk
from . import test_rubric
from . import test_regulation
