"""The checkers that problems import from the DMOJ's judge; docs.dmoj.ca, "Custom checkers", says what they do."""
