"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class VersionUnsupported(Problem):
    """The request does not speak tus 1.0.0."""

    code, status = "evidence.version_unsupported", 412


class HeaderInvalid(Problem):
    """A header of the protocol is missing or malformed; `field` names it."""

    code, status = "evidence.header_invalid", 400


class MetadataInvalid(Problem):
    """A value of Upload-Metadata is missing or malformed; `field` names it."""

    code, status = "evidence.metadata_invalid", 400


class PhotoTypeNotTaken(Problem):
    """The photo is neither JPEG nor PNG nor WebP."""

    code, status = "evidence.photo_type_not_taken", 422


class ContentTypeWrong(Problem):
    """A PATCH carries something else than `application/offset+octet-stream`."""

    code, status = "evidence.content_type_wrong", 415


class PhotoTooLarge(Problem):
    """The photo is larger than uploads may be."""

    code, status = "evidence.photo_too_large", 413


class PastTheEnd(Problem):
    """The request carries more bytes than were announced for the upload."""

    code, status = "evidence.past_the_end", 413


class PartNotYours(Problem):
    """The caller does not go to this part's visit (R11)."""

    code, status = "evidence.part_not_yours", 403


class UploadGone(Problem):
    """The upload was terminated; it may be created again."""

    code, status = "evidence.upload_gone", 410


class UploadBusy(Problem):
    """Another request writes to this upload at this moment."""

    code, status = "evidence.upload_busy", 409


class OffsetMismatch(Problem):
    """The bytes do not continue what is there."""

    code, status = "evidence.offset_mismatch", 409


class ChecksumMismatch(Problem):
    """The bytes that came are not the ones that were sent."""

    code, status = "evidence.checksum_mismatch", 460


class UploadComplete(Problem):
    """A complete photo is evidence and cannot be deleted (R15)."""

    code, status = "evidence.upload_complete", 409


class UploadInterrupted(Problem):
    """The bytes stopped coming; what came is kept."""

    code, status = "evidence.upload_interrupted", 408


class TooManyPhotos(Problem):
    """More photos than any submission of this part could name."""

    code, status = "evidence.too_many_photos", 422


class PhotoUnreadable(Problem):
    """The bytes are no picture, or break off before its end."""

    code, status = "evidence.photo_unreadable", 422


class PhotoTypeDiffers(Problem):
    """The bytes are of another kind than was announced."""

    code, status = "evidence.photo_type_differs", 422


class PhotoHasMore(Problem):
    """The file holds something beside its one picture."""

    code, status = "evidence.photo_has_more", 422


class PhotoTooManyPixels(Problem):
    """The picture is larger than anybody needs, or made to exhaust whoever opens it."""

    code, status = "evidence.photo_too_many_pixels", 422


class PhotoNotAsSubmitted(Problem):
    """The submission that names this photo describes another one; `field` says in what."""

    code, status = "evidence.photo_not_as_submitted", 422


class PhotoNamedTwice(Problem):
    """A submission names one photo in two places."""

    code, status = "evidence.photo_named_twice", 422


REFUSALS: dict[str, type[Problem]] = {
    each.code: each
    for each in (PhotoUnreadable, PhotoTypeDiffers, PhotoHasMore, PhotoTooManyPixels, PhotoNotAsSubmitted)
}
"""Why bytes are never taken: the same ones would be refused again."""
