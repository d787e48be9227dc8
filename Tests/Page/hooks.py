"""Tells Schemathesis how a message is sent: as it is."""
import schemathesis


@schemathesis.serializer("message/rfc822")
def message(context, value):
    if isinstance(value, bytes):
        return value
    return str(value).encode("utf-8", "surrogateescape")
