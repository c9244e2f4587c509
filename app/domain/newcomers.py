"""What a fellowship tells newcomers about a meeting: a few questions with their answers, as one text."""

from dataclasses import dataclass

MOST_CHARACTERS = 1200


@dataclass(frozen=True)
class Question:
    question: str
    answer: str


def questions_in(text: str) -> tuple[Question, ...]:
    """Return the questions of a text, in order: each on a line of its own, its answer below it.

    An empty line stands between two. What is no question with an answer is left out.
    """
    blocks = "\n".join(line.strip() for line in text.splitlines()).split("\n\n")
    found = (block.strip().partition("\n") for block in blocks)
    return tuple(
        Question(question, " ".join(answer.split()))
        for question, _, answer in found
        if question.endswith("?") and answer.strip()
    )
