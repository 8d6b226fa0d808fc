class StandardGrader:
    """Problems derive from it what only the DMOJ's judge itself can run."""
