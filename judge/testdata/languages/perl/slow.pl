use strict;
use warnings;

my ($a1, $b1) = split ' ', <STDIN>;
while (1) { $a1++ }
print $a1 + $b1, "\n";
