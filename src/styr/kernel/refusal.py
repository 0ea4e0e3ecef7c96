"""What the program says no to, in words for whoever asked."""


class Refusal(Exception):  # noqa: N818 -- named for what it is: no fault of the program's
    """The program will not do as asked (afvisning); the message is one Danish line, fit to show."""


class NotThere(LookupError):  # noqa: N818 -- as above
    """What was asked for is not there, or the caller may not see it; which of the two is not told.

    The message is one Danish line, fit to show.
    """
