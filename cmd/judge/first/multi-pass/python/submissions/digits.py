word, value = input().split()
print(value)
