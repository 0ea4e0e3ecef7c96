"""Where a request's id stands, so that the log and the history name the same one; imports nothing of Django's."""

REQUEST_ID = "styr.request"
"""In `request.META`, where no header of a browser can put it: theirs begin with HTTP_."""
