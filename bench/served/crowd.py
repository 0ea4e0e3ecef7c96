"""The people at the pages (a locust file): each opens a page of the mix, looks at it for some seconds, and so on."""

import json
import os
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from locust import FastHttpUser, between, events, task

PLAN = json.loads(Path(os.environ["PLAN"]).read_text("utf-8"))
took: dict[str, list[tuple[float, int]]] = defaultdict(list)
failed: dict[str, int] = defaultdict(int)
waiting = list(PLAN["sessions"])


class Somebody(FastHttpUser):
    """One of the fifty; who they are decides nothing: the mix is of pages that all of them may open."""

    wait_time = between(*PLAN["pause"])

    def on_start(self) -> None:
        self.cookie = waiting.pop()

    @task
    def open_page(self) -> None:
        name, share = random.choice(PLAN["mix"])
        path = share.format(**{kind: random.choice(ids) for kind, ids in PLAN["ids"].items()})
        with self.client.get(path, name=name, headers={"Cookie": self.cookie}, catch_response=True) as answer:
            told = (answer.headers or {}).get("X-Took")
            if answer.status_code != 200 or told is None:
                failed[f"{name}: {answer.status_code}"] += 1
                answer.failure(str(answer.status_code))
                return
            ms, asked = told.split()
            took[name].append((float(ms), int(asked)))


@events.quitting.add_listener
def told(**_: Any) -> None:
    Path(os.environ["FOUND"]).write_text(json.dumps({"took": took, "failed": failed}), "utf-8")
