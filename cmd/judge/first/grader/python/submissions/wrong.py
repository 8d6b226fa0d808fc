def largest(numbers):
    best = here = 0
    for number in numbers:
        here = max(here, 0) + number
        best = max(best, here)
    return best
