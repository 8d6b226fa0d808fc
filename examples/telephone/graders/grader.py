import sys

import telephone

# Arguments: the pipe to read from, the pipe to write to, the number of this process.
with open(sys.argv[1]) as incoming, open(sys.argv[2], "w") as out:
    line = incoming.readline().strip()
    print(telephone.send(int(line)) if sys.argv[3] == "0" else telephone.receive(line), file=out)
