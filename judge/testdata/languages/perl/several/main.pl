use strict;
use Help;
open(my $zeros, "<", "zero.txt") or die;
my ($a, $b) = split " ", <STDIN>;
print Help::add($a, $b) + <$zeros>, "\n";
