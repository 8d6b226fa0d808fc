# Halves, and sleeps for a while in between: that is not yet to wait for ever.
import time

low, high = 1, 1000000
time.sleep(0.4)
while True:
    middle = (low + high) // 2
    print(middle, flush=True)
    match input():
        case "right":
            break
        case "more":
            low = middle + 1
        case _:
            high = middle - 1
