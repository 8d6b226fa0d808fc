class StandardGrader:
    """The base of graders that only the DMOJ's judge can run."""
