from arithmetic import total

print(total(map(int, input().split())))
