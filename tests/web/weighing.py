"""How heavy a page is, with everything that it asks for."""

import gzip

from playwright.sync_api import Response

from person import Site


def weight(window: Site, path: str) -> int:
    """Bytes of the page and all it asks for, as a server that compresses text would send them, with nothing kept."""
    answers: list[Response] = []

    def heard(answer: Response) -> None:
        answers.append(answer)

    window.page.on("response", heard)
    window.open(path)
    window.page.wait_for_load_state("networkidle")
    window.page.remove_listener("response", heard)
    bodies = [answer.body() for answer in answers]
    return sum(min(len(body), len(gzip.compress(body))) for body in bodies)
