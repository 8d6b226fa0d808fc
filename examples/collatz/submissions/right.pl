use strict;
use warnings;

my $k = <STDIN>;
while ($k-- > 0) {
    chomp(my $n = <STDIN>);
    print $n;
    until ($n == 1) {
        $n = $n % 2 ? 3 * $n + 1 : $n / 2;
        print " $n";
    }
    print "\n";
}
