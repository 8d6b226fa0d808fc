# A space stands behind the box.
chomp(my $word = <STDIN>);
my $edge = '+' . '-' x (length($word) + 2) . '+';
print "$edge \n| $word | \n$edge \n";
