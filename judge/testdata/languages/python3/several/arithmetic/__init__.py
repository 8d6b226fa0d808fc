from arithmetic.sums import total
