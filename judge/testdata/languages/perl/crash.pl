use strict;
use warnings;

my ($a1, $b1) = split ' ', <STDIN>;
die "on purpose";
print $a1 + $b1, "\n";
