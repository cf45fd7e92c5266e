"""Letters for the columns of a disputes board, whose names are too long to stand over them: A, B … Z, AA."""


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
