"""Whether an upload is the photo that a submission describes. Pure."""

from palmcheck.evidence.types import Examined
from palmcheck.inspections.types import PhotoRef


def differing(ref: PhotoRef, sha256: str, media_type: str, length: int, found: Examined | None) -> str | None:
    """The first field in which they differ, or None. Without `found` only what was announced is compared.

    A browser applies the orientation before it tells a picture's size, a camera does not: both are right.
    """
    if ref.sha256 != sha256:
        return "sha256"
    if ref.media_type != media_type:
        return "media_type"
    if ref.bytes != length:
        return "bytes"
    if found is None:
        return None
    sizes = {(found.width, found.height)}
    if found.orientation >= SIDEWAYS:
        sizes.add((found.height, found.width))
    if (ref.width, ref.height) in sizes:
        return None
    return "width" if ref.width not in {each for size in sizes for each in size} else "height"


SIDEWAYS = 5
"""From this orientation on, EXIF says that width and height change places."""
