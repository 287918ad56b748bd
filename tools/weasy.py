"""From HTML to PDF without leaving the house: no network, no file system."""

import logging
import mimetypes

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# Subsetting fonts reports every table at INFO: a page of noise per print.
logging.getLogger("fontTools").setLevel(logging.WARNING)

# Relative addresses are joined to this reserved name (RFC 2606); nobody is asked.
BASE_URL = "https://database.invalid"


class ForbiddenAddressError(Exception):
    """A report asked for something that is not in this database."""

    def __init__(self, url):
        super().__init__(url)
        self.url = url


class OversizedFileError(FatalURLFetchingError):
    """A report brings a picture larger than may be printed."""


class HouseFetcher(URLFetcher):
    """Serve ``data:`` addresses and what ``read(path)`` gives; refuse the rest.

    :param read: function from a path such as ``/web/image/7`` to its content in
        bytes, or to ``None`` when the path is not to be served
    :param limit: largest file in bytes, 0 for none
    """

    def __init__(self, read, limit=0):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._read = read
        self._limit = limit

    def fetch(self, url, headers=None):
        """Return the response for ``url`` or stop the rendering."""
        if url.startswith("data:"):
            # four signs of base64 are three bytes
            self._check_size(url[:40], len(url) * 3 // 4)
            return super().fetch(url, headers)
        path = url.removeprefix(BASE_URL) if url.startswith(f"{BASE_URL}/") else None
        content = self._read(path.partition("?")[0]) if path else None
        if content is None:
            raise FatalURLFetchingError(url)
        self._check_size(path, len(content))
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def _check_size(self, name, size):
        if self._limit and size > self._limit:
            raise OversizedFileError(name)


def to_pdf(text, read, limit=0):
    """Return the PDF of a complete HTML text, in bytes.

    :param text: HTML with its own styles
    :param read: see :class:`HouseFetcher`
    :param limit: largest picture in bytes, 0 for none
    :raises ForbiddenAddressError: when the text refers to something outside
    :raises OversizedFileError: when a picture is larger than ``limit``
    """
    fetcher = HouseFetcher(read, limit)
    page = HTML(string=text, base_url=f"{BASE_URL}/", url_fetcher=fetcher)
    try:
        return page.write_pdf()
    except OversizedFileError:
        raise
    except FatalURLFetchingError as error:
        raise ForbiddenAddressError(str(error).removeprefix(BASE_URL)) from None
