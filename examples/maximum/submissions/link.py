import os

os.symlink("maximum.in", "maximum.out")
