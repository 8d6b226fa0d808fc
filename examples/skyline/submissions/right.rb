gets
heights = gets.split.map(&:to_i)
[1, *heights].max.downto(1) do |level|
  puts heights.map { |height| height >= level ? '#' : ' ' }.join(' ')
end
