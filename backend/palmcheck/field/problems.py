"""Refusals of the slice."""

from palmcheck.kernel.problems import Problem


class OperationMalformed(Problem):
    """An operation that does not have the shape of schemas/operation.schema.json."""

    code, status = "field.operation_malformed", 422


class OperationTooLarge(Problem):
    """One operation is larger than any that a phone of ours makes."""

    code, status = "field.operation_too_large", 413


class OperationForeign(Problem):
    """An operation of another account or device than the one that sends it (R17)."""

    code, status = "field.operation_foreign", 403


class SignatureInvalid(Problem):
    """The operation's bytes are not what the device signed."""

    code, status = "field.signature_invalid", 422


class NonceInvalid(Problem):
    """The nonce is none that this server gave to this device."""

    code, status = "field.nonce_invalid", 422


class DeviceDraining(Problem):
    """The account has moved to another phone; this one may still upload, and pulls nothing (R17)."""

    code, status = "field.device_draining", 403
