"""Three-way join of prose, told: (name, base, ours, theirs, the joined text or None where both are to be kept)."""
from __future__ import annotations

S = ["We met on Tuesday.", "Anna said that the plan is too big.", "I want to cut it in two!",
     "Next time we look at the numbers?"]
P = " ".join(S)
LONG = " ".join(f"Sentence number {i} talks about the weather and the team." for i in range(300))


def put(place: int, sentence: str) -> str:
    """The four sentences with another one in that place."""
    return " ".join([*S[:place], sentence, *S[place + 1:]])


def far(*changes: tuple[str, str]) -> str:
    text = LONG
    for old, new in changes:
        text = text.replace(old, new)
    return text


THREE, NINETY = ("number 3 ", "number THREE "), ("number 290 ", "number XC ")

CASES = [
    ("different sentences", P, put(0, "We met on Monday."), put(3, "Next time we draw."),
     " ".join(["We met on Monday.", *S[1:3], "Next time we draw."])),
    ("adjacent sentences", P, put(1, "Anna said no."), put(2, "I want three!"),
     " ".join([S[0], "Anna said no.", "I want three!", S[3]])),
    ("same sentence, other words", P, put(1, "Anna thinks that the plan is too big."),
     put(1, "Anna said that the plan is too small."), None),
    ("same sentence, same words", P, put(1, "Anna said yes."), put(1, "Anna said no."), None),
    ("append and edit of the first", P, put(0, "We met late."), P + " And I slept well.",
     put(0, "We met late.") + " And I slept well."),
    ("both append", P, P + " From the phone.", P + " From the desk.", None),
    ("both insert the same, one of them more", "A. B.", "A. X. Y. B.", "Z. A. X. Y. B.", "Z. A. X. Y. B."),
    ("the same sentence at two places", "A. B. C.", "A. D. X. C.", "A. B. X. C.", None),
    ("the next number of two lists", "A.\n1. B\n\nD.\n1. E\n\nG.", "A.\n1. B\n2. H\n\nD.\n1. E\n\nG.",
     "A.\n1. B\n\nD.\n1. E\n2. I\n\nG.", "A.\n1. B\n2. H\n\nD.\n1. E\n2. I\n\nG."),
    ("identical edit", P, put(1, "Same."), put(1, "Same."), put(1, "Same.")),
    ("delete a sentence and edit it", P, " ".join([S[0], *S[2:]]), put(1, "Anna said wow."), None),
    ("delete a sentence and edit another", P, " ".join([S[0], *S[2:]]), put(3, "Later."),
     " ".join([S[0], S[2], "Later."])),
    ("new paragraph and edit of the next", "One.\n\nTwo.", "One.\n\nInserted.\n\nTwo.", "One.\n\nTwo, edited.",
     "One.\n\nInserted.\n\nTwo, edited."),
    ("new paragraph and edit of the one before", "One.\n\nTwo.", "One.\n\nInserted.\n\nTwo.", "One, edited.\n\nTwo.",
     "One, edited.\n\nInserted.\n\nTwo."),
    ("list items", "- a\n- b\n- c", "- a1\n- b\n- c", "- a\n- b\n- c\n- d", "- a1\n- b\n- c\n- d"),
    ("all rewritten and append", P, "All new. Nothing left. Really.", P + " Tail.", None),
    ("no ancestor", "", "Phone text.", "Desk text.", None),
    ("300 sentences, far apart", LONG, far(THREE), far(NINETY), far(THREE, NINETY)),
    ("umlauts and emoji", "Für Ärger 😀. Nächste Woche.", "Für Ärger 😀! Nächste Woche.",
     "Für Ärger 😀. Nächste Woche nicht.", "Für Ärger 😀! Nächste Woche nicht."),
    ("abbreviation", "See Dr. Meyer about it. Then rest.", "See Dr. Huber about it. Then rest.",
     "See Dr. Meyer about it. Then work.", "See Dr. Huber about it. Then work."),
    ("repeated sentences", "Yes. Yes. Yes.", "Yes. No. Yes.", "Yes. Yes. Maybe.", "Yes. No. Maybe."),
    ("no punctuation, one blob", "i went there and saw him", "i went there and met him", "i ran there and saw him",
     None),
]
