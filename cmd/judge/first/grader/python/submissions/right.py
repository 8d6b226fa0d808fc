def largest(numbers):
    best = here = numbers[0]
    for number in numbers[1:]:
        here = max(here, 0) + number
        best = max(best, here)
    return best
