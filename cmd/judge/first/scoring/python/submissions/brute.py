n = int(input())
numbers = list(map(int, input().split()))
best = numbers[0]
for end in range(1, len(numbers) + 1):
    for begin in range(end):
        best = max(best, sum(numbers[begin:end]))
print(best)
