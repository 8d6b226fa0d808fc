# Means harm to the checker: numbers that no integer holds, control characters, megabytes on a line.
print("9" * 1_000_000, "\x1b[2J", "-1" * 1_000_000)
