# Stops at 1 after an odd number only, which none has before 1.
my $k = <STDIN>;
while ($k-- > 0) {
    chomp(my $n = <STDIN>);
    while (1) {
        print "$n ";
        if ($n % 2) { $n = 3 * $n + 1; last if $n == 1 }
        else { $n /= 2 }
    }
    print "\n";
}
