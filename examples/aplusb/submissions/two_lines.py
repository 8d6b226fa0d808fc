# Takes the numbers to stand on two lines: ValueError, exit code 1.
a = int(input())
b = int(input())
print(a + b)
