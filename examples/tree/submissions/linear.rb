n, *parent = $stdin.read.split.map(&:to_i)
parent.unshift(0, 0)
size = Array.new(n + 1, 1)
total = Array.new(n + 1, 0)
n.downto(2) do |town|
  size[parent[town]] += size[town]
  total[1] += size[town]
end
(2..n).each { |town| total[town] = total[parent[town]] + n - 2 * size[town] }
puts (1..n).map { |town| [total[town], town] }.min.join(' ')
