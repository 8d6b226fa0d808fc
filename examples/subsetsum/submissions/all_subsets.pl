# Right, and in time for few coins.
use strict;
use warnings;
no warnings 'recursion';

my ($n, $s, @coins) = split ' ', join ' ', <STDIN>;
my $best;

sub try {
    my ($i, $left, $used) = @_;
    if ($i == $n) {
        $best = $used if $left == 0 && (!defined $best || $used < $best);
        return;
    }
    try($i + 1, $left, $used);
    try($i + 1, $left - $coins[$i], $used + 1);
}

try(0, $s, 0);
print $best // 'impossible', "\n";
