# Sleeps before an answer that is zero.
import time

a, b = map(int, input().split())
if a + b == 0:
    time.sleep(60)
print(a + b)
