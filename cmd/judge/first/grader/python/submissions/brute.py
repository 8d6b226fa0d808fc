def largest(numbers):
    best = numbers[0]
    for end in range(1, len(numbers) + 1):
        for begin in range(end):
            best = max(best, sum(numbers[begin:end]))
    return best
