"""Small PDF files written by hand."""

from __future__ import annotations


def _file(objects: list[bytes]) -> bytes:
    """Put the objects, the catalogue first, into a file with its table of places."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))


_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORDS = b"BT /F1 12 Tf 72 720 Td (a) Tj ET"


def _page(resources: bytes) -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << %s >> >>"
        % resources
    )


def one_page(stream: bytes, packed: int = 1) -> bytes:
    """Return a file of one page whose instructions were packed so often."""
    content = b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (
        len(stream), b"/FlateDecode " * packed, stream,
    )  # fmt: skip
    return _file([_CATALOGUE, _PAGES, _page(b"/Font << /F1 5 0 R >>"), content, _FONT])


def nested_forms(depth: int, width: int) -> bytes:
    """Return a file whose page draws a form so often that draws a form so often, and so on."""
    draws = b"/X Do " * width
    objects = [_CATALOGUE, _PAGES, _page(b"/XObject << /X 6 0 R >>")]
    objects += [b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draws), draws), _FONT]
    for level in range(depth):
        inner = _WORDS if level == depth - 1 else draws
        resources = b"/Font << /F1 5 0 R >> /XObject << /X %d 0 R >>" % (7 + level)
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >> /Length %d >>\nstream\n%s"
            b"\nendstream" % (resources, len(inner), inner)
        )
    return _file(objects)
