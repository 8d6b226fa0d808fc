# Leaves out the 1 at the end.
gets.to_i.times do
  n = gets.to_i
  way = []
  until n == 1
    way << n
    n = n.even? ? n / 2 : 3 * n + 1
  end
  puts way.join(' ')
end
