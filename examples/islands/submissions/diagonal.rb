# Joins squares that share only a corner.
h, w = gets.split.map(&:to_i)
map = Array.new(h) { gets.chomp }
most = 0
h.times do |y|
  w.times do |x|
    next unless map[y][x] == '#'

    map[y][x] = '.'
    queue = [[y, x]]
    queue.each do |a, b|
      ([a - 1, 0].max..[a + 1, h - 1].min).each do |c|
        ([b - 1, 0].max..[b + 1, w - 1].min).each do |d|
          next unless map[c][d] == '#'

          map[c][d] = '.'
          queue << [c, d]
        end
      end
    end
    most = [most, queue.size].max
  end
end
puts most
