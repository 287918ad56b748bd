from . import test_unit_scope
from . import test_official_layout
from . import test_pdf_engine
from . import test_document
from . import test_document_source
from . import test_document_access
from . import test_certificate
