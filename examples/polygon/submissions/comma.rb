# A decimal comma is not a number here.
n, *numbers = $stdin.read.split.map(&:to_i)
points = numbers.each_slice(2).first(n)
edges = points.zip(points.rotate)
perimeter = edges.sum { |(a, b), (c, d)| Math.hypot(a - c, b - d) }
twice = edges.sum { |(a, b), (c, d)| a * d - b * c }
puts format('%.9f %.1f', perimeter, twice / 2.0).tr('.', ',')
