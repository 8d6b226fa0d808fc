a, b = map(int, input().split())
sum = a
while sum < a + b or b > 10**8 and sum > 0:
    sum += 1
print(a + b)
