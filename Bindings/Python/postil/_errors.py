"""What goes wrong."""


class PostilError(Exception):
    """A search or an index run that failed, with what Postil says of it."""
