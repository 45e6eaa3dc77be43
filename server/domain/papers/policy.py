"""Who may issue papers. Pure."""

from server.domain.papers.rules import letter_is_left, text_is_issued
from server.kernel.acts import Act
from server.kernel.conditions import the_secretariat

NUMBERING = "The Secretariat numbers and circulates meeting documents; PC0618 a was revised as PC0618 b (PTC, 2022)"

issue_paper = Act("issue_paper", "paper.issued", the_secretariat, (text_is_issued, letter_is_left), NUMBERING)

ACTS = (issue_paper,)
