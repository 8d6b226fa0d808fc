# Takes each letter of the first word at the next place where the second has it.
a = gets.chomp
b = gets.chomp
at = 0
length = 0
a.each_char do |letter|
  place = b.index(letter, at)
  next unless place

  length += 1
  at = place + 1
end
puts length
