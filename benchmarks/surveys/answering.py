"""People who answer the demo's survey over the wire, page by page, as their phones do."""

import http.client
import re
import time
from dataclasses import dataclass, field

from benchmarks import servers, world
from citizen.surveys.rules.document import Document

PAUSE = 0.2


@dataclass
class Respondent:
    """Somebody with answers of their own, and what they have been told is kept.

    Attributes
    ----------
    kept : question → chosen options, of pages that were acknowledged.
    receipt : the code, once the whole is acknowledged.
    lost : how often an answer did not come back.
    """

    port: int
    ref: str
    document: Document
    number: int
    leaves_early: bool = False
    kept: dict[str, list[str]] = field(default_factory=dict)
    receipt: str = ""
    lost: int = 0
    requests: int = 0

    def __post_init__(self) -> None:
        self.phone = servers.Phone(self.port)
        self._questions = {q.code: q for q in self.document.questions}

    def run(self) -> None:
        """Answer every page, and send it unless they leave early."""
        while "/answer/" not in (place := self._begin()):
            time.sleep(PAUSE)
        pages = 0
        while "/answer/" in place:
            if self.leaves_early and pages == 2:
                return
            page = place.rsplit("/", 1)[-1]
            fields = self._fields(page)
            place = self._post(place, fields)
            self.kept |= self._chosen(page)
            pages += 1
        place = self._post(place, {})
        self.receipt = place.rsplit("/", 1)[-1]

    def _begin(self) -> str:
        try:
            _status, _location, body = self._ask("GET", f"/sv/surveys/{self.ref}")
            token = re.search(r'name="csrf_token" value="([^"]+)"', body)
            if token is None:
                return ""
            self.phone.token = token.group(1)
        except (OSError, http.client.HTTPException):
            return ""
        return self._post(f"/sv/surveys/{self.ref}", {"municipality": world.MUNICIPALITY})

    def _post(self, path: str, fields: dict[str, str]) -> str:
        """Send until it is acknowledged; gives where it leads."""
        while True:
            try:
                sent = {"csrf_token": self.phone.token, "go": "next", **fields}
                status, location, body = self._ask("POST", path, sent)
            except (OSError, http.client.HTTPException):
                self.lost += 1
                time.sleep(PAUSE)
                continue
            if status == 303:
                return location
            if status < 500:
                raise RuntimeError(f"{path}: {status}: {re.sub('<[^>]+>', ' ', body)[:400]}")
            self.lost += 1

    def _ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        self.requests += 1
        return self.phone.ask(method, path, fields)

    def _option(self, code: str, place: int) -> str:
        options = self._questions[code].options
        return options[place % len(options)].id

    def _answers(self) -> dict[str, list[str]]:
        """Question's code → options: on foot, nowhere to avoid, the rest by their number."""
        first = [self._option("first", self.number + step) for step in range(3)]
        return {
            "travel": [self._option("travel", 0)], "ease": [str(1 + self.number % 5)],
            "avoids": [self._option("avoids", 1)], "first": first,
            "recommend": [str(self.number % 11)], "age": [self._option("age", self.number)],
        }

    def _chosen(self, page_id: str) -> dict[str, list[str]]:
        page, answers = self.document.page(page_id), self._answers()
        return {q.id: answers[q.code] for q in page.questions} if page else {}

    def _fields(self, page_id: str) -> dict[str, str]:
        ranking = self._questions["first"].id
        fields = {}
        for question, options in self._chosen(page_id).items():
            if question == ranking:
                fields |= {f"{question}.{place}": option for place, option in enumerate(options, 1)}
            else:
                fields[question] = options[0]
        return fields
