use strict;
use warnings;

my ($a1, $b1) = split ' ', <STDIN>;
print $a1 + $b1, "\n";
