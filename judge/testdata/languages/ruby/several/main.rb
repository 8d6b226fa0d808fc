require_relative "help"
a, b = gets.split.map(&:to_i)
puts add(a, b) + File.read("zero.txt").to_i
