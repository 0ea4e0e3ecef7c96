"""What the program says no to, in words for whoever asked."""


class Refusal(Exception):  # noqa: N818 -- named for what it is: no fault of the program's
    """The program will not do as asked (afvisning); the message is one Danish line, fit to show."""
